import type { MemberSignal, ReferenceSql, ShareSql, TailSql } from '../signals/signal.ts';

export const weightName = (signal: { id: string }): string => `w_${signal.id.replaceAll('-', '_')}`;

export const familyName = (family: string): string => `f_${family.replaceAll('-', '_')}`;

/** The families of the signals, in their order. */
export function familiesOf(signals: readonly MemberSignal[]): string[] {
  return [...new Set(signals.map(({ family }) => family))];
}

/** Columns of one weight a signal, one weight a family, and `own`, what they say together. */
export interface WeightsSql {
  /** What the columns need, for the query's WITH. */
  constants: string[];
  columns: string[];
}

export function weightsSql(signals: readonly MemberSignal[], reference: ReferenceSql): WeightsSql {
  const named = new NamedConstants(reference);
  const weights = signals.map((signal) => `toFloat32(${signal.weight(named)}) AS ${weightName(signal)}`);
  const families = familiesOf(signals);
  const each = families.map((family) => {
    const sql = familySql(signals.filter((signal) => signal.family === family));
    return `toFloat32(${sql}) AS ${familyName(family)}`;
  });
  const own = `toFloat32(${families.map(familyName).join(' + ') || '0'}) AS own`;
  return { constants: named.definitions, columns: [...weights, ...each, own] };
}

/** Calls constants that depend on the row by a name, so that their choice is spelt out once and not wherever they stand. */
class NamedConstants implements ReferenceSql {
  readonly #reference: ReferenceSql;
  readonly #definitions = new Map<string, string>();

  constructor(reference: ReferenceSql) {
    this.#reference = reference;
  }

  get definitions(): string[] {
    return [...this.#definitions].map(([name, sql]) => `${sql} AS ${name}`);
  }

  tail(name: string): TailSql {
    return this.#named(name, this.#reference.tail(name));
  }

  share(name: string): ShareSql {
    return this.#named(name, this.#reference.share(name));
  }

  #named<T extends TailSql | ShareSql>(reference: string, constants: T): T {
    const names = Object.entries(constants).map(([key, sql]) => {
      if (!sql.includes('(')) return [key, sql];
      const name = `${reference}_${key}`;
      this.#definitions.set(name, sql);
      return [key, name];
    });
    return Object.fromEntries(names) as T;
  }
}

/**
 * Signals of one family speak of the same thing, so their likelihood ratios are averaged, not multiplied: an average of
 * e-values is an e-value however they depend on each other (Vovk and Wang 2021). Silent signals do not count.
 */
function familySql(signals: readonly MemberSignal[]): string {
  const names = signals.map(weightName);
  const only = names[0];
  if (names.length === 1 && only) return only;
  const sum = names.map((name) => `if(${name} = 0, 0, exp(${name}))`).join(' + ');
  const count = names.map((name) => `(${name} != 0)`).join(' + ');
  return `if(${count} = 0, 0, log((${sum}) / greatest(${count}, 1)))`;
}
