import { CryptoError } from '@kith/protocol/crypto';
import { Arithmetic } from './tasks.ts';
import type { FromThread, ToThread } from './thread.ts';

/** The inside of a thread of any kind: gives the function that takes its messages. */
export function serveThread(answer: (message: FromThread) => void): (message: ToThread) => Promise<void> {
  let arithmetic: Arithmetic | undefined;
  return async (message) => {
    if ('backend' in message) {
      arithmetic = new Arithmetic(message.backend);
      answer({ started: true });
      return;
    }
    const { id, name, given } = message;
    try {
      const task = arithmetic!.tasks[name] as (given: unknown) => Promise<unknown>;
      answer({ id, result: await task(given) });
    } catch (error) {
      answer({ id, error: describe(error) });
    }
  };
}

function describe(error: unknown) {
  if (!(error instanceof CryptoError)) return { message: error instanceof Error ? error.message : 'unknown' };
  const { code, message, at, issuers } = error;
  return { code, message, ...(at !== undefined && { at }), ...(issuers && { issuers }) };
}
