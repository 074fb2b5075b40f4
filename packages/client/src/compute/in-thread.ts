import type { Backend } from './backends.ts';
import { breathe } from './breathe.ts';
import type { Compute } from './compute.ts';
import type { Arithmetic } from './tasks.ts';

/** Does the arithmetic in the caller's own thread, with a pause before each task in which the app can breathe. */
export function inThread(backend: Backend): Compute {
  let arithmetic: Promise<Arithmetic> | undefined;
  return {
    width: 1,
    contactsPerTask: 4,
    run: async (name, given, signal) => {
      arithmetic ??= import('./tasks.ts').then((module) => new module.Arithmetic(backend));
      const { tasks } = await arithmetic;
      await breathe();
      if (signal?.aborted) throw signal.reason;
      return tasks[name](given);
    },
    close: () => {
      arithmetic = undefined;
    },
  };
}
