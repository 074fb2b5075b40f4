import { Type } from 'typebox';

/** One of these words. */
export const oneOf = <const Value extends string>(
  values: readonly Value[],
  options: { default?: NoInfer<Value>; description?: string } = {},
) => Type.Unsafe<Value>({ type: 'string', enum: [...values], ...options });

export const Time = Type.String({ format: 'date-time' });
/** Counts are exact up to 2^53. */
export const Count = Type.Integer({ minimum: 0 });
export const Strings = Type.Array(Type.String());

/** Where the page before ended. */
export const After = Type.Optional(Type.String({ maxLength: 100, description: '`next` of the page before' }));
export const pageFields = { total: Count, next: Type.Optional(Type.String()) };

export const orders = ['asc', 'desc'] as const;
