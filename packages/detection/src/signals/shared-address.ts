import { counted, type LinkSignal } from './signal.ts';

export const sharedAddress: LinkSignal = {
  kind: 'link',
  id: 'shared-address',
  family: 'address',
  title: 'Shared address',
  means: 'Accounts behind the same /24 or /48, where suspicious accounts are many among all that are there.',
  blindSpots:
    'Residential proxies give every account a home of its own. A campus or a carrier’s NAT holds thousands of honest people: it links nobody unless most of it is suspicious.',
  hardToEvade: false,
  needs: ['prefix'],
  aggregates: {},
  features: {},
  blocks: [{ of: 'events', hash: 'cityHash64(prefix)', where: "prefix != ''", label: 'prefix' }],
  implies: ['network', 'geography'],
  words: (members) => `share an address block (/24 or /48) with ${counted(members)} others of them`,
};
