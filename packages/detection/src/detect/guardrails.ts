import type { Guardrails } from './options.ts';
import type { Hold } from './ring.ts';

/** What guardrails need to know of a finding. */
export interface Finding {
  /** Flagged accounts, protected ones not counted. */
  flagged: number;
  /** Accounts just below the bar that are tied to it. */
  near: number;
  /** Median evidence of the flagged accounts. */
  evidence: number;
}

/**
 * Decides what nobody may act on. A finding without a clear break (as many accounts just below the bar as above it) is held:
 * the bar then cuts through one crowd instead of between two. Where all findings together exceed the cap, the weakest are held.
 *
 * @param population members seen in all.
 * @returns the holds of each finding, in the order given.
 */
export function holdsOf(findings: readonly Finding[], population: number, guardrails: Guardrails): Hold[][] {
  const holds = findings.map(({ flagged, near }): Hold[] => [
    ...(guardrails.shadow ? (['shadow'] as const) : []),
    ...(flagged === 0 ? (['protected_only'] as const) : []),
    ...(near > flagged ? (['no_clear_break'] as const) : []),
  ]);
  let room = Math.floor(guardrails.flaggedShareMax * population);
  const strongestFirst = findings.map((_, i) => i);
  strongestFirst.sort((a, b) => (findings[b]?.evidence ?? 0) - (findings[a]?.evidence ?? 0) || a - b);
  for (const i of strongestFirst) {
    const flagged = findings[i]?.flagged ?? 0;
    if (holds[i]?.includes('no_clear_break')) continue;
    if (flagged <= room) room -= flagged;
    else holds[i]?.push('cap');
  }
  return holds;
}
