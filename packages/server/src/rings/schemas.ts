import { Type } from 'typebox';
import { accountSorts } from './accounts.ts';

/** One of these words. */
export const oneOf = <const Value extends string>(
  values: readonly Value[],
  options: { default?: NoInfer<Value> } = {},
) => Type.Unsafe<Value>({ type: 'string', enum: [...values], ...options });
const Time = Type.String({ format: 'date-time' });
const Strings = Type.Array(Type.String());
const open = { additionalProperties: true } as const;

export const ringStates = ['open', 'throttled', 'suspended', 'dismissed'] as const;
export const ringOrders = ['evidence', 'accounts', 'tried', 'revealed', 'since', 'updatedAt'] as const;
const orders = ['asc', 'desc'] as const;
export const After = Type.Optional(Type.String({ maxLength: 100, description: '`next` of the page before' }));

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
  accounts: Type.Integer(),
  evidence: Type.Number({ description: 'Median log odds of the flagged accounts, in nats' }),
  foundAt: Time,
  updatedAt: Time,
  since: Time,
  until: Time,
  countries: Strings,
  revealed: Type.Integer(),
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

const page = { total: Type.Integer(), next: Type.Optional(Type.String()) };

export const RingsAnswer = Type.Object(
  {
    rings: Type.Array(
      Type.Object({
        ...summaryFields,
        tried: Type.Integer({ description: 'New numbers asked about' }),
        timeline: Type.Array(Type.Integer(), { description: 'Numbers a day, at most 60 days' }),
      }),
    ),
    ...page,
  },
  { examples: [{ rings: [{ ...summaryExample, tried: 2_041_000, timeline: [12_000, 88_000] }], total: 1 }] },
);

const RingMember = Type.Object({
  member: Type.String(),
  evidence: Type.Number(),
  own: Type.Number(),
  flagged: Type.Boolean(),
  isProtected: Type.Boolean(),
});
const memberExample = { member: 'm1', evidence: 11.4, own: 6.2, flagged: true, isProtected: false };

export const RingAnswer = Type.Object(
  {
    ...summaryFields,
    members: Type.Array(RingMember, { description: 'The first 500, most evidence first' }),
    reasons: Type.Array(
      Type.Object({
        signal: Type.String(),
        title: Type.String(),
        words: Type.String(),
        weight: Type.Number(),
        share: Type.Number(),
        hardToEvade: Type.Boolean(),
      }),
    ),
    links: Type.Array(Type.Object({ signal: Type.String(), label: Type.String() }, open)),
    origins: Type.Array(Type.Object({ country: Type.String(), accounts: Type.Integer() }, open)),
    prefixes: Type.Integer(),
    devices: Type.Integer(),
    clients: Type.Array(Type.Object({ client: Type.String(), accounts: Type.Integer() })),
    tried: Type.Object({ numbers: Type.Integer(), rejected: Type.Integer() }, open),
    got: Type.Object({ met: Type.Integer(), reveals: Type.Integer() }),
    timeline: Type.Array(
      Type.Object({
        day: Type.Number({ description: 'Start of the UTC day, ms since 1970' }),
        accounts: Type.Integer(),
        syncs: Type.Integer(),
        numbers: Type.Integer(),
        reveals: Type.Integer(),
      }),
    ),
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

export const RingDecision = Type.Object(
  { state: oneOf(['dismissed', 'open']), note: Type.Optional(Type.String({ maxLength: 2_000 })) },
  { additionalProperties: false, examples: [{ state: 'dismissed', note: 'a campus, says its office' }] },
);

/** A body that need not be there. */
export const NothingMore = Type.Optional(
  Type.Union([Type.Null(), Type.Object({}, { additionalProperties: false })], { examples: [{}] }),
);

export const AccountsQuery = Type.Object({
  sort: oneOf(accountSorts, { default: 'evidence' }),
  order: oneOf(orders, { default: 'desc' }),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  from: Type.Optional(
    Type.String({ format: 'date-time', description: 'Only those that synced from then on' }),
  ),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'And before then' })),
  after: After,
  limit: Type.Integer({ minimum: 1, maximum: 5_000, default: 100 }),
});

export const AccountsAnswer = Type.Object(
  {
    accounts: Type.Array(
      Type.Object({
        ...RingMember.properties,
        name: Type.String({ description: "Of the member's card; '' once it is erased" }),
        state: oneOf(['active', 'suspended', 'erased']),
        createdAt: Type.Optional(Time),
        country: Type.String(),
        asn: Type.Integer(),
        operator: Type.String(),
        network: Type.String(),
        syncs: Type.Integer(),
        numbers: Type.Integer(),
        met: Type.Integer(),
        reveals: Type.Integer(),
      }),
    ),
    ...page,
  },
  {
    examples: [
      {
        accounts: [
          {
            ...memberExample,
            name: 'Sam',
            state: 'active',
            createdAt: '2026-11-17T10:00:00.000Z',
            country: 'IR',
            asn: 44244,
            operator: 'Irancell',
            network: 'mobile',
            syncs: 22,
            numbers: 4_980,
            met: 0,
            reveals: 1,
          },
        ],
        total: 412,
        next: '100',
      },
    ],
  },
);

export const GraphQuery = Type.Object({
  accounts: Type.Integer({ minimum: 1, maximum: 5_000, default: 5_000, description: 'Draw at most so many' }),
});

export const GraphAnswer = Type.Object(
  {
    nodes: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: oneOf(['account', 'link']),
        label: Type.String(),
        evidence: Type.Optional(Type.Number()),
        flagged: Type.Optional(Type.Boolean()),
        signal: Type.Optional(Type.String()),
        accounts: Type.Optional(Type.Integer()),
        weight: Type.Optional(Type.Number()),
      }),
    ),
    edges: Type.Array(Type.Unsafe<[number, number, number]>({ type: 'array', items: { type: 'number' } }), {
      description: 'Places of two nodes, and the weight of what they share',
    }),
    left: Type.Object({ accounts: Type.Integer(), links: Type.Integer() }),
  },
  {
    examples: [
      {
        nodes: [
          { id: 'm1', kind: 'account', label: 'm1', evidence: 11.4, flagged: true },
          {
            id: 'link:17',
            kind: 'link',
            label: '5.112.9.0/24',
            signal: 'shared-address',
            accounts: 40,
            weight: 4,
          },
        ],
        edges: [[0, 1, 4]],
        left: { accounts: 411, links: 0 },
      },
    ],
  },
);

const Lookalikes = Type.Array(
  Type.Object({
    member: Type.String(),
    score: Type.Number({ description: 'Log odds, in nats' }),
    why: Strings,
  }),
);

export const WhoElseAnswer = Type.Object(
  {
    searchedAt: Time,
    events: Type.Integer(),
    from: Time,
    to: Time,
    found: Lookalikes,
    near: Lookalikes,
    nobody: Type.Boolean({ description: 'Searched, and nobody' }),
  },
  {
    examples: [
      {
        searchedAt: '2026-11-22T22:10:00.000Z',
        events: 1_200_000,
        from: '2026-08-24T00:00:00.000Z',
        to: '2026-11-22T22:09:00.000Z',
        found: [{ member: 'm9', score: 5.2, why: ['Shared address'] }],
        near: [],
        nobody: false,
      },
    ],
  },
);
