import { type Static, Type } from 'typebox';
import { After, Count, oneOf, orders, pageFields, Strings, Time } from './common.ts';
import { ringStates } from './words.ts';

export const ringOrders = ['evidence', 'accounts', 'tried', 'revealed', 'since', 'updatedAt'] as const;
export type RingOrder = (typeof ringOrders)[number];

export const ringParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });

export const RingsQuery = Type.Object({
  state: Type.Optional(
    Type.String({
      pattern: '^(open|throttled|suspended|dismissed)(,(open|throttled|suspended|dismissed))*$',
      description: 'One or several, comma-separated',
    }),
  ),
  country: Type.Optional(Type.String({ maxLength: 2, description: 'Traffic left from there, ISO 3166' })),
  q: Type.Optional(
    Type.String({ maxLength: 200, description: 'Id, reason, operator, or a whole member id' }),
  ),
  sort: oneOf(ringOrders, { default: 'evidence' }),
  order: oneOf(orders, { default: 'desc' }),
  after: After,
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});

const summaryFields = {
  id: Type.String(),
  state: oneOf(ringStates),
  accounts: Count,
  evidence: Type.Number({ description: 'Median log odds of the flagged accounts, in nats' }),
  foundAt: Time,
  updatedAt: Time,
  since: Time,
  until: Time,
  countries: Strings,
  revealed: Count,
  why: Type.Array(Type.String(), { description: 'The strongest reasons in words' }),
  actionable: Type.Boolean(),
  holds: Strings,
  cases: Strings,
};

const summaryExample = {
  id: 'ring-7f3a',
  state: 'open',
  accounts: 412,
  evidence: 11.4,
  foundAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-22T22:00:00.000Z',
  since: '2026-11-18T00:12:00.000Z',
  until: '2026-11-22T21:58:00.000Z',
  countries: ['IR'],
  revealed: 36,
  why: ['asked about 4,980 new numbers'],
  actionable: true,
  holds: [],
  cases: [],
};

const RingSummary = Type.Object({
  ...summaryFields,
  tried: Type.Integer({ description: 'New numbers asked about' }),
  timeline: Type.Array(Count, { description: 'Numbers a day, at most 60 days' }),
});
/** What a queue shows of a ring. */
export type RingSummary = Static<typeof RingSummary>;

export const RingPage = Type.Object(
  { rings: Type.Array(RingSummary), ...pageFields },
  { examples: [{ rings: [{ ...summaryExample, tried: 2_041_000, timeline: [12_000, 88_000] }], total: 1 }] },
);
export type RingPage = Static<typeof RingPage>;

export const RingMember = Type.Object({
  member: Type.String(),
  evidence: Type.Number({ description: 'Log odds of being an enumerator, in nats' }),
  own: Type.Number({ description: 'What its own behaviour says alone' }),
  flagged: Type.Boolean({ description: 'Members that are not are shown as near; nothing is done to them' }),
  isProtected: Type.Boolean(),
});
export type RingMember = Static<typeof RingMember>;
export const memberExample = { member: 'm1', evidence: 11.4, own: 6.2, flagged: true, isProtected: false };

const Reason = Type.Object({
  signal: Type.String(),
  title: Type.String(),
  words: Type.String(),
  weight: Type.Number({ description: 'Mean over the accounts, in nats' }),
  share: Type.Number({ description: 'Of the accounts, those for which it speaks' }),
  hardToEvade: Type.Boolean(),
});
export type Reason = Static<typeof Reason>;

const RingLink = Type.Object({
  signal: Type.String(),
  block: Type.Integer({ description: 'The same on every run over the same events' }),
  accounts: Count,
  members: Type.Integer({ description: 'All members in the block' }),
  weight: Type.Number(),
  label: Type.String({ description: 'What it is that they share; empty where it is a habit' }),
});
/** What ties accounts together. */
export type RingLink = Static<typeof RingLink>;

const Origin = Type.Object({
  country: Type.String({ description: 'Traffic left from there, ISO 3166; empty where unknown' }),
  asn: Type.Integer({ description: 'Autonomous system; 0 where unknown' }),
  operator: Type.String(),
  network: Type.String({ description: 'Kind of network' }),
  accounts: Count,
  syncs: Count,
  numbers: Count,
});
export type Origin = Static<typeof Origin>;

const RingDay = Type.Object({
  day: Type.Number({ description: 'Start of the UTC day, ms since 1970' }),
  accounts: Count,
  syncs: Count,
  numbers: Count,
  reveals: Count,
});
export type RingDay = Static<typeof RingDay>;

export const RingDetail = Type.Object(
  {
    ...summaryFields,
    members: Type.Array(RingMember, { description: 'The first 500, most evidence first' }),
    reasons: Type.Array(Reason),
    links: Type.Array(RingLink),
    origins: Type.Array(Origin),
    prefixes: Count,
    devices: Count,
    clients: Type.Array(Type.Object({ client: Type.String(), accounts: Count })),
    tried: Type.Object({
      numbers: Count,
      rejected: Count,
      canaries: Count,
      countries: Type.Array(Type.Object({ country: Type.String(), numbers: Count })),
    }),
    got: Type.Object({ met: Count, reveals: Count }),
    timeline: Type.Array(RingDay),
    note: Type.Optional(Type.String({ description: 'Why it was dismissed' })),
  },
  {
    examples: [
      {
        ...summaryExample,
        members: [memberExample],
        reasons: [
          {
            signal: 'volume',
            title: 'Volume',
            words: 'asked about 4,980 new numbers',
            weight: 5.1,
            share: 1,
            hardToEvade: true,
          },
        ],
        links: [
          {
            signal: 'shared-address',
            block: 17,
            accounts: 40,
            members: 41,
            weight: 4,
            label: '5.112.9.0/24',
          },
        ],
        origins: [
          {
            country: 'IR',
            asn: 44244,
            operator: 'Irancell',
            network: 'mobile',
            accounts: 412,
            syncs: 9_000,
            numbers: 2_041_000,
          },
        ],
        prefixes: 31,
        devices: 9,
        clients: [{ client: 'okhttp/3.12', accounts: 412 }],
        tried: {
          numbers: 2_041_000,
          rejected: 310,
          canaries: 4,
          countries: [{ country: 'IL', numbers: 2_000_000 }],
        },
        got: { met: 0, reveals: 36 },
        timeline: [{ day: 1_795_132_800_000, accounts: 12, syncs: 88, numbers: 12_000, reveals: 1 }],
      },
    ],
  },
);
/** One ring, whole; where detection and the summary give the same name, times are the summary's. */
export type RingDetail = Static<typeof RingDetail>;

export const RingDecision = Type.Object(
  { state: oneOf(['dismissed', 'open']), note: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false, examples: [{ state: 'dismissed', note: 'a campus, says its office' }] },
);
export type RingDecision = Static<typeof RingDecision>;

/** A body that need not be there. */
export const NothingMore = Type.Optional(
  Type.Union([Type.Null(), Type.Object({}, { additionalProperties: false })], { examples: [{}] }),
);
