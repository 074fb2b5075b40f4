/** What newer browsers have, and the types do not yet. */
interface Scheduler {
  yield?: () => Promise<void>;
}

/** Lets the app's own thread do what waits there, frames included, at less cost than a timer where there is a way. */
export function breathe(): Promise<void> {
  const { scheduler, MessageChannel: Channel } = globalThis as { scheduler?: Scheduler } & typeof globalThis;
  if (scheduler?.yield) return scheduler.yield();
  if (Channel === undefined) return new Promise((resolve) => setTimeout(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
