import { counted, type LinkSignal } from './signal.ts';

export const signupBurst: LinkSignal = {
  kind: 'link',
  id: 'signup-burst',
  family: 'moment',
  title: 'Signup burst',
  means:
    'Accounts made in the same hour or on the same day, where suspicious accounts are many among all made then.',
  blindSpots:
    'Accounts bought from stock or made over months. On a launch day everybody signs up at once, and it links nobody.',
  hardToEvade: false,
  needs: ['created'],
  aggregates: {},
  features: {},
  blocks: [
    {
      of: 'account',
      hash: "cityHash64('hour', intDiv(created, 3600000))",
      where: 'created > 0',
      label: "formatDateTime(toDateTime(intDiv(created, 1000), 'UTC'), '%F %H:00 UTC')",
    },
    {
      of: 'account',
      hash: "cityHash64('day', intDiv(created, 86400000))",
      where: 'created > 0',
      label: "formatDateTime(toDateTime(intDiv(created, 1000), 'UTC'), '%F')",
    },
  ],
  implies: ['age', 'novelty'],
  words: (members) => `signed up within the same hours or days as ${counted(members)} others of them`,
};
