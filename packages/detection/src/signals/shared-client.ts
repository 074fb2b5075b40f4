import { counted, type LinkSignal } from './signal.ts';

export const sharedClient: LinkSignal = {
  kind: 'link',
  id: 'shared-client',
  family: 'client',
  title: 'Shared client',
  means:
    'Accounts whose client software names itself the same, where suspicious accounts are many among all that use it.',
  blindSpots: 'Fleets that name themselves as the newest official app does, which everybody uses.',
  hardToEvade: false,
  needs: ['client'],
  aggregates: {},
  features: {},
  blocks: [{ of: 'events', hash: 'cityHash64(client)', where: "client != ''", label: 'toString(client)' }],
  implies: ['rhythm', 'novelty'],
  words: (members) => `use the same client software as ${counted(members)} others of them`,
};
