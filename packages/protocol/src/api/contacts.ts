import { type Static, Type } from 'typebox';
import { Card } from './members.ts';

/** Most numbers that one sync may carry. */
export const numbersPerCallMax = 50_000;

const Numbers = Type.Array(Type.String(), { description: 'As dialled, with `region`, or E.164' });
const Region = Type.Optional(
  Type.String({
    pattern: '^[A-Za-z]{2}$',
    description: 'ISO 3166 region for numbers without a country code',
  }),
);

/** `PUT /v1/me/contacts`: the whole book; what is not in it is forgotten. */
export const ContactsPut = Type.Object(
  { numbers: Numbers, region: Region },
  {
    additionalProperties: false,
    examples: [{ numbers: ['(201) 555-0100', '+442079460018', 'pizza'], region: 'US' }],
  },
);
export type ContactsPut = Static<typeof ContactsPut>;

/** `PATCH /v1/me/contacts` */
export const ContactsPatch = Type.Object(
  { add: Type.Optional(Numbers), remove: Type.Optional(Numbers), region: Region },
  { additionalProperties: false, examples: [{ add: ['+12015550101'], remove: ['+442079460018'] }] },
);
export type ContactsPatch = Static<typeof ContactsPatch>;

/** One leaky bucket as its owner sees it. */
export const Bucket = Type.Object({
  capacity: Type.Integer({ description: 'Units that may be spent at once when full' }),
  left: Type.Integer({ description: 'Units that may be spent now' }),
  perDay: Type.Integer({ description: 'Units that flow back in a day' }),
  fullAt: Type.String({ format: 'date-time', description: 'When nothing more will flow back' }),
});
export type Bucket = Static<typeof Bucket>;

const budgetExample = {
  slots: { capacity: 20_000, left: 19_700, perDay: 1_000, fullAt: '2026-03-01T16:42:00.000Z' },
  lookups: { capacity: 1_040, left: 0, perDay: 50, fullAt: '2026-03-21T09:30:00.000Z' },
  reveals: { capacity: 54, left: 54, perDay: 20, fullAt: '2026-03-01T09:30:00.000Z' },
  waiting: 12,
  waitingUntil: '2026-03-01T15:15:36.000Z',
};

/** `GET /v1/me/budget` */
export const BudgetReport = Type.Object(
  {
    slots: Bucket,
    lookups: Bucket,
    reveals: Bucket,
    waiting: Type.Integer({ description: 'New numbers accepted and waiting for budget' }),
    waitingUntil: Type.Optional(
      Type.String({ format: 'date-time', description: 'When the last of them will have run' }),
    ),
  },
  { examples: [budgetExample] },
);
export type BudgetReport = Static<typeof BudgetReport>;

/** Why a number was not accepted. */
export const NumberRejection = Type.Union([
  Type.Literal('empty'),
  Type.Literal('not_a_number'),
  Type.Literal('region_required'),
  Type.Literal('country_unknown'),
  Type.Literal('too_short'),
  Type.Literal('too_long'),
  Type.Literal('not_valid'),
]);
export type NumberRejection = Static<typeof NumberRejection>;

/** The answer to a sync: counts only, never a name, the same whether or not a number belongs to anyone. */
export const SyncAnswer = Type.Object(
  {
    accepted: Type.Integer({ description: 'Numbers understood: given less rejected' }),
    new: Type.Integer({ description: 'Distinct numbers that this member had not sent before' }),
    waiting: Type.Integer({
      description: 'Numbers of this member that wait for budget, earlier ones included',
    }),
    waitingUntil: Type.Optional(Type.String({ format: 'date-time' })),
    rejected: Type.Array(Type.Object({ index: Type.Integer(), code: NumberRejection })),
    budget: BudgetReport,
  },
  {
    examples: [
      {
        accepted: 300,
        new: 300,
        waiting: 12,
        waitingUntil: budgetExample.waitingUntil,
        rejected: [{ index: 2, code: 'not_a_number' }],
        budget: budgetExample,
      },
    ],
  },
);
export type SyncAnswer = Static<typeof SyncAnswer>;

/** How a person was found. */
export const How = Type.Union([Type.Literal('mutual'), Type.Literal('number')]);
export type How = Static<typeof How>;

export const Person = Type.Object({ id: Type.String(), card: Card, how: How, since: Type.String() });
export type Person = Static<typeof Person>;

const personExample = {
  id: 'u-1791',
  card: { name: 'Charles Babbage', handle: 'charles' },
  how: 'mutual',
  since: '2026-03-01T09:31:00.000Z',
};

/** `GET /v1/me/people` */
export const People = Type.Object(
  { people: Type.Array(Person), next: Type.Optional(Type.String()) },
  { examples: [{ people: [personExample], next: 'u-1791' }] },
);
export type People = Static<typeof People>;

/** `GET /v1/me/exposure`: how often, when and to how many accounts my card was revealed. */
export const Exposure = Type.Object(
  {
    revealedTo: Type.Integer({ description: 'Distinct accounts that my card was revealed to' }),
    times: Type.Integer({ description: 'Reveals in all' }),
    byMonth: Type.Array(
      Type.Object({ month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }), times: Type.Integer() }),
    ),
    viewers: Type.Optional(
      Type.Array(Person, { description: 'Those of them that I know too, because we met mutually' }),
    ),
  },
  {
    examples: [
      { revealedTo: 3, times: 4, byMonth: [{ month: '2026-03', times: 4 }], viewers: [personExample] },
    ],
  },
);
export type Exposure = Static<typeof Exposure>;
