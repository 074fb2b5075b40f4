import { aggregate, feature } from './common.ts';
import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number, percent } from './signal.ts';

export const rhythm: MemberSignal = {
  kind: 'member',
  id: 'rhythm',
  family: 'rhythm',
  title: 'Even rhythm',
  means:
    'How alike the pauses between the account’s syncs are. People sleep, travel and forget; programs keep time.',
  blindSpots:
    'Programs that copy honest rhythm. Apps that sync by a timer make everybody regular: then the cohort is too, and this says nothing.',
  hardToEvade: false,
  needs: [],
  aggregates: { ats: aggregate.ats },
  features: { gaps: feature.gaps, gap_mean: feature.gap_mean, gap_variation: feature.gap_variation },
  references: {
    rhythm: { kind: 'tail', among: 'age', value: '-log(gap_variation + 0.02)', where: 'gap_variation >= 0' },
  },
  weight: (reference) =>
    `if(gap_variation >= 0, ${bounded(tailRatio('-log(gap_variation + 0.02)', reference.tail('rhythm')), 0.03, 0.4)}, 0)`,
  words: (row) =>
    `synced every ${duration(number(row, 'gap_mean'))}, give or take ${percent(number(row, 'gap_variation'))}, ${counted(number(row, 'events'))} times`,
};

function duration(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
