import type { MemberSignal, ReferenceSql } from '../signals/signal.ts';

export const weightName = (signal: { id: string }): string => `w_${signal.id.replaceAll('-', '_')}`;

export const familyName = (family: string): string => `f_${family.replaceAll('-', '_')}`;

/** The families of the signals, in their order. */
export function familiesOf(signals: readonly MemberSignal[]): string[] {
  return [...new Set(signals.map(({ family }) => family))];
}

/** SQL columns: one weight a signal, one weight a family, and `own`, what they say together. */
export function weightsSql(signals: readonly MemberSignal[], reference: ReferenceSql): string[] {
  const weights = signals.map((signal) => `toFloat32(${signal.weight(reference)}) AS ${weightName(signal)}`);
  const families = familiesOf(signals);
  const each = families.map((family) => {
    const sql = familySql(signals.filter((signal) => signal.family === family));
    return `toFloat32(${sql}) AS ${familyName(family)}`;
  });
  return [...weights, ...each, `toFloat32(${families.map(familyName).join(' + ') || '0'}) AS own`];
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
