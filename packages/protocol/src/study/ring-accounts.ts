import { type Static, Type } from 'typebox';
import { After, Count, oneOf, orders, pageFields, Strings, Time } from './common.ts';
import { memberExample, RingMember } from './rings.ts';

export const accountSorts = [
  'evidence',
  'own',
  'member',
  'numbers',
  'reveals',
  'createdAt',
  'country',
] as const;

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
export type AccountsQuery = Static<typeof AccountsQuery>;

const RingAccount = Type.Object({
  ...RingMember.properties,
  name: Type.String({ description: "Of the member's card; '' once it is erased" }),
  state: oneOf(['active', 'suspended', 'erased']),
  createdAt: Type.Optional(Time),
  country: Type.String(),
  asn: Type.Integer(),
  operator: Type.String(),
  network: Type.String(),
  syncs: Count,
  numbers: Count,
  met: Count,
  reveals: Count,
});
export type RingAccount = Static<typeof RingAccount>;

export const RingAccounts = Type.Object(
  { accounts: Type.Array(RingAccount), ...pageFields },
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
export type RingAccounts = Static<typeof RingAccounts>;

export const GraphQuery = Type.Object({
  accounts: Type.Integer({ minimum: 1, maximum: 5_000, default: 5_000, description: 'Draw at most so many' }),
});

const GraphNode = Type.Object({
  id: Type.String(),
  kind: oneOf(['account', 'link']),
  label: Type.String(),
  evidence: Type.Optional(Type.Number()),
  flagged: Type.Optional(Type.Boolean()),
  signal: Type.Optional(Type.String()),
  accounts: Type.Optional(Count),
  weight: Type.Optional(Type.Number()),
});
export type GraphNode = Static<typeof GraphNode>;

export const RingGraph = Type.Object(
  {
    nodes: Type.Array(GraphNode),
    edges: Type.Array(
      Type.Unsafe<[from: number, to: number, weight: number]>({ type: 'array', items: { type: 'number' } }),
      { description: 'Places of two nodes, and the weight of what they share' },
    ),
    left: Type.Object({ accounts: Count, links: Count }, { description: 'What did not fit' }),
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
/** Accounts and what they share, as nodes; a tie between an account and a link is an edge. */
export type RingGraph = Static<typeof RingGraph>;

const Lookalike = Type.Object({
  member: Type.String(),
  score: Type.Number({ description: 'Log odds, in nats' }),
  why: Strings,
});
export type Lookalike = Static<typeof Lookalike>;

export const WhoElse = Type.Object(
  {
    searchedAt: Time,
    events: Count,
    from: Time,
    to: Time,
    found: Type.Array(Lookalike),
    near: Type.Array(Lookalike, { description: 'Below the bar' }),
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
/** "Who else did this", answered; also where the answer is nobody. */
export type WhoElse = Static<typeof WhoElse>;
