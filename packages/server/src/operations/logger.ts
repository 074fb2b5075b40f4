import { type DestinationStream, type Logger, pino } from 'pino';

/** Anything that looks like a phone number, wherever it hides: a plus sign or eight digits and more. */
const numberLike = /\+?\d[\d\s().-]{6,}\d/g;
const secretLike = /kith_sk_[\w-]+|Bearer\s+\S+|eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Fields whose digits are no phone numbers. */
const harmless = new Set(['time', 'level', 'pid', 'hostname', 'reqId', 'responseTime', 'retryAfterSecs']);

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
    serializers: { err: describeError },
    formatters: { log: (fields: Record<string, unknown>) => sieve(fields) as Record<string, unknown> },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...given: unknown[]) => void) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? clean(arg) : arg)),
        );
      },
    },
  };
  return destination ? pino(options as never, destination) : pino(options as never);
}

function describeError(error: Error & { code?: unknown }): object {
  // The stack of a database error names our code; its detail would quote the values of a row.
  return {
    type: error.name,
    message: clean(error.message),
    code: error.code,
    stack: clean(error.stack ?? ''),
  };
}

function sieve(value: unknown, key = ''): unknown {
  if (harmless.has(key) || value === null) return value;
  if (typeof value === 'string') return clean(value);
  if (value instanceof Error) return describeError(value);
  if (Array.isArray(value)) return value.map((item) => sieve(item));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, sieve(item, name)]));
  }
  return value;
}

function clean(text: string): string {
  return text.replace(secretLike, '[secret]').replace(numberLike, '[number]');
}
