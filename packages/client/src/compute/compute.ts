import type { TaskName, Tasks } from './tasks.ts';

/** Whoever does the arithmetic. */
export interface Compute {
  /** Tasks that may run at the same time. */
  readonly width: number;
  /** Contacts in one task: short in the app's own thread, which has other things to do. */
  readonly contactsPerTask: number;
  /** @throws CryptoError of the task, or the signal's reason; a task that has begun is not cut short */
  run<Name extends TaskName>(
    name: Name,
    given: Tasks[Name]['given'],
    signal?: AbortSignal,
  ): Promise<Tasks[Name]['result']>;
  /** Ends threads; tasks under way reject with `closed`, and the next one starts threads again. */
  close(): void;
}
