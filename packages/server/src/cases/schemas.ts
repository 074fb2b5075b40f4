import { Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });
const closed = { additionalProperties: false };

export const caseParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

const Host = Type.Object(
  {
    name: Type.String({ maxLength: 500 }),
    contact: Type.String({ maxLength: 2_000 }),
    country: Type.String({ maxLength: 2, description: 'ISO 3166 alpha-2, or empty' }),
  },
  closed,
);
const Confidence = Type.Union([Type.Literal('low'), Type.Literal('medium'), Type.Literal('high')]);
const State = Type.Union([Type.Literal('open'), Type.Literal('closed')]);
const Rings = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1_000 });
const Name = Type.String({ minLength: 1, maxLength: 20_000 });

export const NewCaseBody = Type.Object(
  {
    name: Name,
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    rings: Type.Optional(Rings),
    noticedAt: Type.Optional(Time),
    host: Type.Optional(Type.Partial(Host)),
  },
  closed,
);

export const CaseChangeBody = Type.Object(
  {
    name: Type.Optional(Name),
    state: Type.Optional(State),
    noticedAt: Type.Optional(Time),
    addRings: Type.Optional(Rings),
    removeRings: Type.Optional(Rings),
    attribution: Type.Optional(
      Type.Union([
        Type.Object(
          {
            actor: Type.String({ minLength: 1, maxLength: 1_000 }),
            sentence: Type.String({ minLength: 1, maxLength: 10_000 }),
            confidence: Confidence,
          },
          closed,
        ),
        Type.Null(),
      ]),
    ),
    host: Type.Optional(Type.Partial(Host)),
  },
  closed,
);

export const NewNote = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 100_000 }),
    decision: Type.Optional(Type.Boolean({ description: 'It is a decision, and stands in the outputs' })),
  },
  closed,
);
export const NewEvidence = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 1_000 }),
    text: Type.String({ minLength: 1, maxLength: 1_000_000 }),
  },
  closed,
);

const Recorded = Type.Object({
  id: Type.String(),
  at: Time,
  by: Type.String(),
  name: Type.Optional(Type.String()),
  text: Type.String(),
});
const Ring = Type.Object({
  id: Type.String(),
  state: Type.String(),
  accounts: Type.Number(),
  evidence: Type.Number(),
  since: Time,
  until: Time,
  countries: Type.Array(Type.String()),
  tried: Type.Number(),
  revealed: Type.Number(),
  why: Type.Array(Type.String()),
});

export const CaseAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  state: State,
  openedAt: Time,
  openedBy: Type.String(),
  noticedAt: Type.Optional(Time),
  rings: Type.Array(Ring),
  notes: Type.Array(Recorded),
  evidence: Type.Array(Recorded),
  timeline: Type.Array(
    Type.Object({ at: Time, kind: Type.String(), words: Type.String(), by: Type.Optional(Type.String()) }),
  ),
  attribution: Type.Optional(
    Type.Object({
      actor: Type.String(),
      sentence: Type.String(),
      confidence: Confidence,
      by: Type.String(),
      at: Time,
    }),
  ),
  host: Host,
  computed: Type.Optional(
    Type.Object({
      at: Time,
      stale: Type.Boolean({ description: 'The rings have changed since: compute anew' }),
    }),
  ),
});

export const CaseList = Type.Object({
  cases: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      state: State,
      openedAt: Time,
      openedBy: Type.String(),
      rings: Type.Array(Type.String()),
      accounts: Type.Number(),
      exposed: Type.Optional(Type.Number()),
    }),
  ),
});
