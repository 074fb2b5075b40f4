import { counted, type LinkSignal } from './signal.ts';

export const sharedDevice: LinkSignal = {
  kind: 'link',
  id: 'shared-device',
  family: 'device',
  title: 'Shared device',
  means: 'Accounts that used the same device, where suspicious accounts are many among those.',
  blindSpots:
    'Device names are whatever the client says. Family tablets and the counters of telephone shops hold honest accounts.',
  hardToEvade: false,
  needs: ['device'],
  aggregates: {},
  features: {},
  blocks: [{ of: 'events', hash: 'cityHash64(device)', where: "device != ''", label: 'device' }],
  implies: ['network', 'geography'],
  words: (members) => `share devices with ${counted(members)} others of them`,
};
