import type { Policy } from './policy.ts';

/** What a member is trusted with beyond its bucket because of the established members whom it has met, units. */
export function reciprocityOf(
  { reciprocity }: Policy,
  unit: keyof Policy['reciprocity'],
  allies: number,
): number {
  const { perAlly, max } = reciprocity[unit];
  return Math.min(allies * perAlly, max);
}
