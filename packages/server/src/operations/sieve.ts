/** Anything that looks like a phone number in any script, wherever it hides: eight digits and more, however set apart. */
const numberLike = /\+?\p{Nd}[\p{Nd}\s().\-/\p{Pd}]{6,}\p{Nd}/gu;
const secretLike = /kith_sk_[\w-]+|Bearer\s+\S+|eyJ[\w-]+\.[\w-]+\.[\w-]+|(?<=:\/\/)[^\s/@]+@/g;

/** Fields whose digits are no phone numbers. */
const harmless = new Set(['time', 'level', 'pid', 'hostname', 'reqId', 'responseTime', 'retryAfterSecs']);

/** The smallest integer with as many digits as a number with its country code has. */
const numberMin = 10_000_000;

const depthMax = 8;

/** A value as it may be logged: what is shaped like a number, a token or a key is taken out, at any depth. */
export function sieve(value: unknown, key = '', depth = 0): unknown {
  if (harmless.has(key)) return value;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return cleanNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === depthMax) return '[deep]';
  return sieveObject(value, depth + 1);
}

function sieveObject(value: object, depth: number): unknown {
  if (value instanceof Error) return describeError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return sieve([...value], '', depth);
  if (Array.isArray(value)) return value.map((item) => sieve(item, '', depth));
  const { toJSON } = value as { toJSON?: () => unknown };
  if (typeof toJSON === 'function') return sieve(toJSON.call(value), '', depth);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [cleanText(name), sieve(item, name, depth)]),
  );
}

/** The stack of a database error names our code; its detail would quote the values of a row. */
function describeError(error: Error & { code?: unknown }, depth: number): object {
  const { cause } = error;
  return {
    type: error.name,
    message: cleanText(error.message),
    code: sieve(error.code, '', depth),
    stack: cleanText(error.stack ?? ''),
    ...(cause !== undefined && { cause: sieve(cause, '', depth) }),
    ...(error instanceof AggregateError && { errors: sieve(error.errors, '', depth) }),
  };
}

function cleanNumber(value: number | bigint): unknown {
  return value >= numberMin && (typeof value === 'bigint' || Number.isInteger(value)) ? '[number]' : value;
}

export function cleanText(text: string): string {
  return text.replace(secretLike, '[secret]').replace(numberLike, '[number]');
}
