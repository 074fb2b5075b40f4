import { type Static, Type } from 'typebox';
import { Count, oneOf, Strings, Time } from './common.ts';

const By = Type.Optional(Type.String());
const At = Type.Optional(Time);

export const actionParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const PlanBody = Type.Object(
  { ring: Type.String({ minLength: 1, maxLength: 200 }), kind: Type.Literal('suspend') },
  { additionalProperties: false, examples: [{ ring: 'ring-7f3a', kind: 'suspend' }] },
);

export const LeaveOutBody = Type.Object(
  {
    leaveOut: Type.Array(Type.String({ maxLength: 200 }), {
      maxItems: 100_000,
      description: 'Members of the ring that are left alone: these, and no others',
    }),
  },
  { additionalProperties: false, examples: [{ leaveOut: ['m7'] }] },
);

export const AskBody = Type.Optional(
  Type.Union(
    [
      Type.Null(),
      Type.Object(
        { note: Type.Optional(Type.String({ maxLength: 2_000 })) },
        { additionalProperties: false },
      ),
    ],
    { examples: [{ note: 'see the timeline of Tuesday' }] },
  ),
);

const PlanSummary = Type.Object({
  accounts: Count,
  protected: Type.Integer({ description: 'Flagged accounts on the list of protected members: left out' }),
  alreadySuspended: Type.Integer({ description: 'Left out as well' }),
  looksHonest: Count,
  sample: Type.Array(Type.Object({ member: Type.String(), name: Type.String(), why: Strings }), {
    description: 'Some of those who look honest in spite of it all',
  }),
  lose: Type.Object({ people: Count, slots: Count, waiting: Count }),
  why: Strings,
});
/** What a suspension would do, for whoever has to decide. */
export type PlanSummary = Static<typeof PlanSummary>;

export const Action = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    ring: Type.String(),
    kind: Type.Literal('suspend'),
    state: oneOf(['planned', 'approved', 'done', 'undone']),
    accounts: Count,
    members: Strings,
    leftOut: Type.Array(Type.String(), { description: 'Members of the ring that are left alone' }),
    summary: PlanSummary,
    needsApproval: Type.Boolean({ description: 'Of a second person' }),
    stale: Type.Boolean({ description: 'The ring has changed; make the plan anew' }),
    progress: Type.Optional(
      Type.Object({ done: Count, of: Count }, { description: 'While it is being carried out' }),
    ),
    plannedBy: Type.String(),
    plannedAt: Time,
    askedBy: By,
    askedAt: At,
    note: By,
    approvedBy: By,
    approvedAt: At,
    doneBy: By,
    doneAt: At,
    undoneBy: By,
    undoneAt: At,
  },
  {
    examples: [
      {
        id: '0197f7a4-2b1c-7c3e-9a51-0d6d8f3b1a20',
        ring: 'ring-7f3a',
        kind: 'suspend',
        state: 'planned',
        accounts: 1,
        members: ['m1'],
        leftOut: [],
        summary: {
          accounts: 1,
          protected: 0,
          alreadySuspended: 0,
          looksHonest: 0,
          sample: [],
          lose: { people: 3, slots: 4_980, waiting: 12 },
          why: ['asked about 4,980 new numbers'],
        },
        needsApproval: false,
        stale: false,
        plannedBy: 'Ada',
        plannedAt: '2026-11-22T22:15:00.000Z',
      },
    ],
  },
);
/** A plan or action as it is shown. */
export type Action = Static<typeof Action>;

export const ActionList = Type.Object({ actions: Type.Array(Action) }, { examples: [{ actions: [] }] });
