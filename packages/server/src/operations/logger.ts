import { type DestinationStream, type Logger, pino } from 'pino';
import { cleanText, sieve } from './sieve.ts';

/**
 * Logs are read by many and kept for long: headers and bodies are never logged, and whatever else is passes through a
 * sieve that takes out everything shaped like a number, a token or a key.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: {
      paths: ['req.headers', 'res.headers', '*.authorization', '*.phone', '*.numbers'],
      remove: true,
    },
    // Errors are described by the sieve, which every field passes.
    serializers: { err: (error: unknown) => error },
    formatters: { log: sieveFields },
    hooks: {
      logMethod(this: Logger, given: unknown[], method: (...args: unknown[]) => void) {
        method.apply(this, cleanArguments(given));
      },
    },
  };
  return withCleanChildren(destination ? pino(options as never, destination) : pino(options as never));
}

/** Children write their own fields as they were given; they inherit this method from their parent. */
function withCleanChildren(log: Logger): Logger {
  const { child } = log;
  log.child = function cleanChild(this: Logger, bindings: Record<string, unknown>, options?: object) {
    return child.call(this, sieveFields(bindings), options as never);
  } as Logger['child'];
  return log;
}

const sieveFields = (fields: Record<string, unknown>) => sieve(fields) as Record<string, unknown>;

/** pino makes an error's message the line's own, and formats what follows a message, before any field is looked at. */
function cleanArguments([first, ...others]: unknown[]): unknown[] {
  const error = errorIn(first);
  if (error && others.length === 0) return [fieldsOf(first), cleanText(error.message)];
  const rest = others.map((other) => sieve(other));
  return [typeof first === 'object' && first !== null ? fieldsOf(first) : sieve(first), ...rest];
}

const fieldsOf = (given: unknown) => (given instanceof Error ? { err: given } : given);

function errorIn(given: unknown): Error | undefined {
  if (given instanceof Error) return given;
  const { err } = (given ?? {}) as { err?: unknown };
  return err instanceof Error ? err : undefined;
}
