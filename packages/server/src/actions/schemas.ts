import { Type } from 'typebox';
import { oneOf } from '../rings/schemas.ts';

const Time = Type.String({ format: 'date-time' });
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

export const ActionAnswer = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    ring: Type.String(),
    kind: Type.Literal('suspend'),
    state: oneOf(['planned', 'approved', 'done', 'undone']),
    accounts: Type.Integer(),
    members: Type.Array(Type.String()),
    leftOut: Type.Array(Type.String()),
    summary: Type.Object({
      accounts: Type.Integer(),
      protected: Type.Integer(),
      alreadySuspended: Type.Integer(),
      looksHonest: Type.Integer(),
      sample: Type.Array(
        Type.Object({ member: Type.String(), name: Type.String(), why: Type.Array(Type.String()) }),
        { description: 'Some of those who look honest in spite of it all' },
      ),
      lose: Type.Object({ people: Type.Integer(), slots: Type.Integer(), waiting: Type.Integer() }),
      why: Type.Array(Type.String()),
    }),
    needsApproval: Type.Boolean({ description: 'Of a second person' }),
    stale: Type.Boolean({ description: 'The ring has changed; make the plan anew' }),
    progress: Type.Optional(
      Type.Object(
        { done: Type.Integer(), of: Type.Integer() },
        { description: 'While it is being carried out' },
      ),
    ),
    plannedBy: Type.String(),
    plannedAt: Time,
    askedBy: By,
    askedAt: At,
    note: Type.Optional(Type.String()),
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

export const ActionsAnswer = Type.Object(
  { actions: Type.Array(ActionAnswer) },
  { examples: [{ actions: [] }] },
);
