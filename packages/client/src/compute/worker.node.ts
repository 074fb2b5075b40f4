import { parentPort } from 'node:worker_threads';
import { serveThread } from './serve-thread.ts';

/** The inside of a thread of Node. */
const serve = serveThread((message) => parentPort?.postMessage(message));
parentPort?.on('message', (message) => void serve(message));
