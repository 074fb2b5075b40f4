import type { Backend } from './backends.ts';
import type { TaskName } from './tasks.ts';

/** To a thread: first the backend, then one task after the other. */
export type ToThread = { backend: Backend } | { id: number; name: TaskName; given: unknown };

/** From a thread: that it has started, then an answer a task. */
export type FromThread =
  | { started: true }
  | { id: number; result: unknown }
  | { id: number; error: { code?: string; message: string; at?: number; issuers?: readonly number[] } };

/** A thread of whichever kind the platform has. */
export interface Thread {
  post(message: ToThread): void;
  /** Called with each message, and with undefined when the thread is dead or never came to life. */
  listen(onMessage: (message: FromThread | undefined) => void): void;
  /** Whether the thread keeps the process from ending. */
  hold(held: boolean): void;
  end(): void;
}

/** Starts a thread, or gives undefined where there are none. */
export type StartThread = () => Thread | undefined;
