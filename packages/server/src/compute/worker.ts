import { parentPort } from 'node:worker_threads';
import { type TaskName, tasks } from './tasks.ts';

parentPort?.on('message', async ({ name, given }: { name: TaskName; given: never }) => {
  try {
    parentPort?.postMessage({ result: await tasks[name](given) });
  } catch (error) {
    const { code, message, at } = error as { code?: string; message: string; at?: number };
    parentPort?.postMessage({ error: { code, message, at } });
  }
});
