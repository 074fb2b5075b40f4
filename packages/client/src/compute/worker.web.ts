import { serveThread } from './serve-thread.ts';

/** The inside of a Web Worker. */
const serve = serveThread((message) => postMessage(message));
addEventListener('message', (event) => void serve(event.data));
