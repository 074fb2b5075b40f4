import type { Figures } from '@kith/protocol/study';
import type { IncidentDocument } from './document.ts';
import type { IncidentSource } from './source.ts';

/** Figures all different, so that one in the place of another is seen. */
export const sampleFigures: Figures = {
  computedAt: '2020-01-03T09:12:00.000Z',
  case: 'december',
  name: 'The network of December',
  rings: [
    {
      id: 'ring-7',
      state: 'suspended',
      accounts: 1_733,
      since: '2019-11-28T01:02:00.000Z',
      until: '2019-12-24T22:10:00.000Z',
      why: [{ words: 'asked about far more numbers than its cohort', weight: 6.3 }],
      links: [
        { signal: 'shared-network', label: 'Hosting of Nowhere', accounts: 1_411, members: 1_502 },
        { signal: 'signup-burst', label: '', accounts: 857, members: 861 },
      ],
    },
  ],
  accounts: 1_733,
  accountsSuspended: 1_729,
  accountsErased: 3,
  since: '2019-11-28T01:02:00.000Z',
  until: '2019-12-24T22:10:00.000Z',
  noticedAt: '2019-12-24T19:30:00.000Z',
  stoppedAt: '2019-12-24T23:05:00.000Z',
  syncs: 48_112,
  prefixes: 612,
  numbersTried: 2_345_678,
  numbersPrivate: 10_441,
  numbersWaiting: 2_101_999,
  numbersRejected: 77,
  membersExposed: 17_123,
  membersExposedByNumber: 17_002,
  membersExposedMutually: 121,
  membersErased: 19,
  cardsRevealed: 18_456,
  cardsOfCanaries: 43,
  cardsAmongThemselves: 211,
  firstRevealAt: '2019-11-28T02:10:00.000Z',
  lastRevealAt: '2019-12-24T22:20:00.000Z',
  membersProtected: { total: 91_827, nobody: 50_505, mutual: 30_303, noNumber: 6_017, waiting: 5_002 },
  bounds: [
    { what: 'private_numbers', atMost: 10_441, why: 'Numbers of the private way.' },
    { what: 'numbers_forgotten', atMost: 8_088, why: 'Numbers removed since.' },
  ],
  countries: [
    { country: 'IR', accounts: 801, syncs: 22_001, numbers: 1_100_007 },
    { country: 'IL', accounts: 577, syncs: 15_003, numbers: 800_009 },
    { country: 'MY', accounts: 355, syncs: 11_108, numbers: 445_662 },
  ],
  networks: [
    {
      asn: 44_244,
      operator: 'Operator One',
      kind: 'mobile',
      country: 'IR',
      accounts: 800,
      syncs: 21_999,
      numbers: 1_100_001,
    },
    { asn: 0, operator: '', kind: 'unknown', country: 'MY', accounts: 354, syncs: 11_107, numbers: 445_660 },
  ],
  days: [
    { day: '2019-11-28', numbers: 1_300_111, reveals: 9_009, accounts: 1_201, syncs: 20_011 },
    { day: '2019-12-24', numbers: 1_045_567, reveals: 9_447, accounts: 1_699, syncs: 28_101 },
  ],
  others: { searchedAt: '2020-01-02T10:00:00.000Z', found: 64, nobody: false },
  decisions: [
    { at: '2019-12-24T23:05:00.000Z', by: 'Ada', what: 'suspended', ring: 'ring-7', accounts: 1_729 },
  ],
  notices: { total: 17_104, languages: [{ language: 'en', notices: 17_104 }] },
};

export const sampleDocument = (changes: Partial<IncidentDocument> = {}): IncidentDocument => ({
  figures: sampleFigures,
  state: 'open',
  openedAt: '2019-12-24T19:45:00.000Z',
  host: { name: 'Example', contact: 'privacy@example.org', country: 'IE' },
  attribution: null,
  timeline: [
    { at: '2019-12-24T19:30:00.000Z', kind: 'noticed', words: 'Noticed' },
    { at: '2019-12-24T23:05:00.000Z', kind: 'decision', words: 'Suspended: ring-7', by: 'Ada' },
  ],
  decisions: ['Lookups of new accounts are slower now.'],
  evidence: [{ name: 'Graph', text: 'An odd graph.' }],
  ...changes,
});

export const sampleSource = (document = sampleDocument()): IncidentSource => ({
  document,
  accounts: async function* () {
    yield* ['fake-a', 'fake-b'];
  },
  prefixes: async function* () {
    yield { prefix: '192.0.2.0/24', asn: 44_244, country: 'IR' };
    yield { prefix: '2001:db8:1::/48', asn: 0, country: 'MY' };
  },
});

/** All of an output as one text. */
export async function textOf(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
