import { aggregate, feature } from './common.ts';
import { counted, type LinkSignal } from './signal.ts';

export const sharedHabit: LinkSignal = {
  kind: 'link',
  id: 'shared-habit',
  family: 'habit',
  title: 'Shared habit',
  means:
    'Accounts that ask for about as much, in about as many syncs, over about as many days, where suspicious accounts are many among all that do.',
  blindSpots: 'Fleets whose accounts differ from each other as widely as people do.',
  hardToEvade: false,
  needs: ['numbers_new'],
  aggregates: { fresh: aggregate.fresh },
  features: { span_days: feature.span_days },
  blocks: [
    {
      of: 'features',
      hashes:
        "if(fresh >= 10, [cityHash64('habit', round(2 * log2(fresh)), round(log2(events)), round(log2(1 + span_days)))], [])",
    },
  ],
  implies: ['volume', 'growth', 'rhythm'],
  words: (members) => `ask as much, as often and as long as ${counted(members)} others of them`,
};
