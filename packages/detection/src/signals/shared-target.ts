import { aggregate } from './common.ts';
import { counted, type LinkSignal } from './signal.ts';

export const sharedTarget: LinkSignal = {
  kind: 'link',
  id: 'shared-target',
  family: 'target',
  title: 'Shared target',
  means:
    'Accounts that ask for numbers of the same country in the same amount, where suspicious accounts are many among all that do. What a network is after is the last thing it can change.',
  blindSpots:
    'Needs the plain way. A network that wants numbers of the country where the service has most of its members hides among them.',
  hardToEvade: true,
  needs: ['number_country', 'numbers_new'],
  aggregates: { number_country: aggregate.number_country, fresh: aggregate.fresh },
  features: {},
  blocks: [
    {
      of: 'features',
      hashes:
        "if(number_country != '' AND fresh >= 10, [cityHash64('target', number_country, round(log2(fresh)))], [])",
    },
  ],
  implies: ['volume', 'geography'],
  words: (members) =>
    `ask for numbers of the same country, in the same amount, as ${counted(members)} others of them`,
};
