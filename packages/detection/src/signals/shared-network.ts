import { counted, type LinkSignal } from './signal.ts';

export const sharedNetwork: LinkSignal = {
  kind: 'link',
  id: 'shared-network',
  family: 'address',
  title: 'Shared operator',
  means:
    'Accounts that come from the same network operator, where suspicious accounts are many among all that do.',
  blindSpots: 'Large operators serve everybody and link nobody; so does a fleet that is spread over them.',
  hardToEvade: false,
  needs: ['asn'],
  aggregates: {},
  features: {},
  blocks: [
    {
      of: 'events',
      hash: 'cityHash64(asn)',
      where: 'asn != 0',
      label: "if(operator = '', concat('AS', toString(asn)), concat(operator, ' (AS', toString(asn), ')'))",
    },
  ],
  implies: ['network', 'geography'],
  words: (members) => `come from the same network operators as ${counted(members)} others of them`,
};
