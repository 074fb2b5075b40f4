import type { ReadAnswer, Reading, ReadRequest } from './reader-messages.ts';
import type { Source } from './source.ts';

export interface Reader {
  read: (source: Source, region: string | undefined) => Promise<Reading>;
  close: () => void;
}

interface Waiter {
  resolve: (reading: Reading) => void;
  reject: (error: Error) => void;
}

/** Reads address books in a worker, so that a large one does not freeze the page. */
export function createReader(): Reader {
  const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' });
  const waiters = new Map<number, Waiter>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<ReadAnswer>) => {
    const waiter = waiters.get(data.id);
    waiters.delete(data.id);
    if (data.ok) waiter?.resolve(data.reading);
    else waiter?.reject(new Error(data.detail));
  };
  worker.onerror = () => {
    for (const { reject } of waiters.values()) reject(new Error('The reader did not start.'));
    waiters.clear();
  };
  return {
    read: (source, region) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiters.set(id, { resolve, reject });
        worker.postMessage(requestOf(id, source, region));
      }),
    close: () => worker.terminate(),
  };
}

function requestOf(id: number, { data, fileName }: Source, region: string | undefined): ReadRequest {
  const { language: locale } = navigator;
  return {
    id,
    data,
    locale,
    ...(fileName !== undefined && { fileName }),
    ...(region !== undefined && { region }),
  };
}
