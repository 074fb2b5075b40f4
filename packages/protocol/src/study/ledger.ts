import { type Static, Type } from 'typebox';
import { Time } from './common.ts';

const Id = Type.String({ format: 'uuid' });

export const LedgerQuery = Type.Object({
  member: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Whose history' })),
  kind: Type.Optional(Type.String({ maxLength: 40, pattern: '^[a-z-]+$' })),
  ring: Type.Optional(Type.String({ maxLength: 200, description: 'What was decided about a ring' })),
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  after: Type.Optional(Id),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});
export type LedgerQuery = Static<typeof LedgerQuery>;

const exampleId = '0197f7a4-2b1c-7c3e-9a51-0d6d8f3b1a20';

const LedgerEntry = Type.Object({
  index: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Place in the tree; null while it waits to be sealed',
  }),
  id: Id,
  member: Type.String({
    description: 'Whose history it belongs to; `kith:analyst:…` and `kith:ring:…` are no members',
  }),
  other: Type.Optional(Type.String({ description: 'For reveals the viewer' })),
  kind: Type.String(),
  at: Time,
  body: Type.Record(Type.String(), Type.Any()),
});
/** An entry as it is shown. */
export type LedgerEntry = Static<typeof LedgerEntry>;

export const LedgerPage = Type.Object(
  {
    entries: Type.Array(LedgerEntry),
    next: Type.Optional(
      Type.String({
        description: 'There may be more, also where this page is short: ask with it as `after`',
      }),
    ),
  },
  {
    examples: [
      {
        entries: [
          {
            index: 4_711,
            id: exampleId,
            member: 'm1',
            kind: 'enforcement',
            at: '2026-11-22T22:20:00.000Z',
            body: { what: 'suspend', ring: 'ring-7f3a', by: 'Ada' },
          },
        ],
      },
    ],
  },
);
export type LedgerPage = Static<typeof LedgerPage>;

const checkpoint = `kith/ledger
2
kO1F5vXxCfFqFZqLJ2MZbD2rY2Yy0yXj3b2f0k1f8oQ=

— kith/ledger 0a1b2c3d…
`;

export const LedgerCheckpoint = Type.Object(
  {
    checkpoint: Type.String({ description: 'A signed note, C2SP tlog-checkpoint' }),
    size: Type.Integer(),
    rootHash: Type.String({ description: 'base64' }),
    publicKey: Type.String({ description: 'Ed25519, base64' }),
    keyName: Type.String(),
  },
  {
    examples: [
      {
        checkpoint,
        size: 2,
        rootHash: 'kO1F5vXxCfFqFZqLJ2MZbD2rY2Yy0yXj3b2f0k1f8oQ=',
        publicKey: 'pQ1l7z7m0V9x9M2h1XW8T1Zz9mXH1wZsW6uQ2kJf7tY=',
        keyName: 'kith/ledger',
      },
    ],
  },
);
export type LedgerCheckpoint = Static<typeof LedgerCheckpoint>;

export const LedgerProof = Type.Object(
  {
    index: Type.Integer(),
    size: Type.Integer(),
    leaf: Type.String({ description: 'The exact bytes of the leaf, base64' }),
    proof: Type.Array(Type.String(), { description: 'Hashes from the leaf up, base64 (RFC 6962 2.1.1)' }),
    checkpoint: Type.String(),
  },
  {
    examples: [
      {
        index: 1,
        size: 2,
        leaf: 'MjA6a2l0aC9sZWRnZXIvZW50cnkvdjEs',
        proof: ['kO1F5vXxCfFqFZqLJ2MZbD2rY2Yy0yXj3b2f0k1f8oQ='],
        checkpoint,
      },
    ],
  },
);
export type LedgerProof = Static<typeof LedgerProof>;
