import { type Static, Type } from 'typebox';
import { Count, oneOf, Strings, Time } from './common.ts';
import { confidences, ringStates } from './words.ts';

const closed = { additionalProperties: false };

export const caseParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

const CaseHost = Type.Object(
  {
    name: Type.String({ maxLength: 500 }),
    contact: Type.String({ maxLength: 2_000 }),
    country: Type.String({ maxLength: 2, description: 'ISO 3166 alpha-2, or empty' }),
  },
  closed,
);
/** Who publishes the outputs. */
export type CaseHost = Static<typeof CaseHost>;

const State = oneOf(['open', 'closed']);
const Rings = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1_000 });
const Name = Type.String({ minLength: 1, maxLength: 20_000 });

export const NewCase = Type.Object(
  {
    name: Name,
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Default: made up' })),
    rings: Type.Optional(Rings),
    noticedAt: Type.Optional(Time),
    host: Type.Optional(Type.Partial(CaseHost)),
  },
  closed,
);
/** What a new case begins with. */
export type NewCase = Static<typeof NewCase>;

export const CaseChange = Type.Object(
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
            confidence: oneOf(confidences),
          },
          closed,
        ),
        Type.Null(),
      ]),
    ),
    host: Type.Optional(Type.Partial(CaseHost)),
  },
  closed,
);
export type CaseChange = Static<typeof CaseChange>;

export const NewNote = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 100_000 }),
    decision: Type.Optional(Type.Boolean({ description: 'It is a decision, and stands in the outputs' })),
  },
  closed,
);
export type NewNote = Static<typeof NewNote>;

export const NewEvidence = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 1_000 }),
    text: Type.String({ minLength: 1, maxLength: 1_000_000 }),
  },
  closed,
);
export type NewEvidence = Static<typeof NewEvidence>;

const CaseRecord = Type.Object({
  id: Type.String(),
  at: Time,
  by: Type.String(),
  name: Type.Optional(Type.String()),
  text: Type.String(),
});
export type CaseRecord = Static<typeof CaseRecord>;

const CaseRing = Type.Object({
  id: Type.String(),
  state: oneOf(ringStates),
  accounts: Count,
  evidence: Type.Number(),
  since: Time,
  until: Time,
  countries: Strings,
  tried: Count,
  revealed: Count,
  why: Strings,
});
/** A ring as a case names it. */
export type CaseRing = Static<typeof CaseRing>;

const CaseEvent = Type.Object({
  at: Time,
  kind: oneOf(['ring', 'noticed', 'case', 'note', 'evidence', 'decision', 'exposure']),
  words: Type.String(),
  by: Type.Optional(Type.String()),
});
/** One line of a case's story. */
export type CaseEvent = Static<typeof CaseEvent>;

const Attribution = Type.Object({
  actor: Type.String(),
  sentence: Type.String(),
  confidence: oneOf(confidences),
  by: Type.String(),
  at: Time,
});
/** Who did it, as a human says: never computed. */
export type Attribution = Static<typeof Attribution>;

export const CaseDetail = Type.Object({
  id: Type.String(),
  name: Type.String(),
  state: State,
  openedAt: Time,
  openedBy: Type.String(),
  noticedAt: Type.Optional(Time),
  rings: Type.Array(CaseRing),
  notes: Type.Array(CaseRecord),
  evidence: Type.Array(CaseRecord),
  timeline: Type.Array(CaseEvent),
  attribution: Type.Optional(Attribution),
  host: CaseHost,
  computed: Type.Optional(
    Type.Object({
      at: Time,
      stale: Type.Boolean({ description: 'The rings have changed since: compute anew' }),
    }),
  ),
});
export type CaseDetail = Static<typeof CaseDetail>;

const CaseSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  state: State,
  openedAt: Time,
  openedBy: Type.String(),
  rings: Strings,
  accounts: Count,
  exposed: Type.Optional(Count),
});
export type CaseSummary = Static<typeof CaseSummary>;

export const CaseList = Type.Object({ cases: Type.Array(CaseSummary) });
