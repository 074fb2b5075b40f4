import { Type } from 'typebox';

const Count = Type.Number({ minimum: 0 });
const Time = Type.String();
const TimeOrNot = Type.Union([Time, Type.Null()]);
const open = { additionalProperties: true };

/** The one computation that every output is made of; what each figure means stands in docs/incident.md. */
const FiguresAnswer = Type.Object(
  {
    computedAt: Time,
    case: Type.String(),
    name: Type.String(),
    rings: Type.Array(Type.Object({ id: Type.String(), state: Type.String(), accounts: Count }, open)),
    accounts: Count,
    accountsSuspended: Count,
    accountsErased: Count,
    since: TimeOrNot,
    until: TimeOrNot,
    noticedAt: TimeOrNot,
    stoppedAt: TimeOrNot,
    numbersTried: Count,
    numbersPrivate: Count,
    numbersWaiting: Count,
    membersExposed: Count,
    membersExposedByNumber: Count,
    membersExposedMutually: Count,
    membersErased: Count,
    cardsRevealed: Count,
    membersProtected: Type.Object({
      total: Count,
      nobody: Count,
      mutual: Count,
      noNumber: Count,
      waiting: Count,
    }),
    bounds: Type.Array(Type.Object({ what: Type.String(), atMost: Count, why: Type.String() })),
    countries: Type.Array(
      Type.Object({ country: Type.String(), accounts: Count, syncs: Count, numbers: Count }),
    ),
    networks: Type.Array(
      Type.Object({
        asn: Count,
        operator: Type.String(),
        kind: Type.String(),
        country: Type.String(),
        accounts: Count,
        syncs: Count,
        numbers: Count,
      }),
    ),
    days: Type.Array(
      Type.Object({ day: Type.String(), numbers: Count, reveals: Count, accounts: Count, syncs: Count }),
    ),
    others: Type.Object({ searchedAt: TimeOrNot, found: Count, nobody: Type.Boolean() }),
    notices: Type.Object({
      total: Count,
      languages: Type.Array(Type.Object({ language: Type.String(), notices: Count })),
    }),
  },
  open,
);

export const ExposureAnswer = Type.Object({
  state: Type.Union([Type.Literal('none'), Type.Literal('running'), Type.Literal('ready')]),
  progress: Type.Optional(Type.Object({ done: Count, total: Count, of: Count, phase: Type.String() })),
  figures: Type.Optional(FiguresAnswer),
});

export const ListQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 1_000 })),
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }),
});

export const ExposedAnswer = Type.Object({
  members: Type.Array(
    Type.Object({
      member: Type.String(),
      name: Type.Union([Type.String(), Type.Null()]),
      setting: Type.String(),
      times: Type.Array(Type.Object({ at: Time, viewer: Type.String(), how: Type.String() })),
    }),
  ),
  total: Count,
  next: Type.Optional(Type.String()),
});

export const ProtectedAnswer = Type.Object({
  members: Type.Array(
    Type.Object({
      member: Type.String(),
      setting: Type.String(),
      at: Time,
      until: Time,
      exact: Type.Boolean(),
    }),
  ),
  total: Count,
  next: Type.Optional(Type.String()),
});

export const OutputsAnswer = Type.Object({
  files: Type.Array(
    Type.Object({ name: Type.String(), title: Type.String(), type: Type.String(), about: Type.String() }),
  ),
});

export const NoticesBody = Type.Object({ way: Type.Literal('webhook') }, { additionalProperties: false });
export const NoticesAnswer = Type.Object({ queued: Count });
