import { type Static, Type } from 'typebox';

/** The three-way setting: who may find me by my number. `anyone` implies `mutual`. */
export const Discoverable = Type.Union(
  [Type.Literal('nobody'), Type.Literal('mutual'), Type.Literal('anyone')],
  { description: 'Who may find this member by number; the default is nobody' },
);
export type Discoverable = Static<typeof Discoverable>;

/** Neither NUL nor half a character: what every store and every screen can hold. */
const wholeText = '^[^\\u0000\\ud800-\\udfff]*$';

/** What a member shows of itself once it is revealed. */
export const Card = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, pattern: wholeText }),
    handle: Type.String({ minLength: 1, maxLength: 100, pattern: wholeText }),
    avatarUrl: Type.Optional(Type.String({ maxLength: 500, pattern: wholeText })),
  },
  { additionalProperties: false, examples: [{ name: 'Ada Lovelace', handle: 'ada' }] },
);
export type Card = Static<typeof Card>;

const Time = (description: string) => Type.String({ format: 'date-time', description });

const adaExample = { name: 'Ada Lovelace', handle: 'ada' };
const memberInputExample = {
  phone: '+12015550100',
  phoneVerifiedAt: '2026-03-01T09:30:00Z',
  discoverable: 'mutual',
  card: adaExample,
};

/** `PUT /v1/members/{id}`: what is left out keeps its value; `phone: null` removes the number. */
export const MemberInput = Type.Object(
  {
    phone: Type.Optional(
      Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
        description: 'E.164, verified by the host; null removes it',
      }),
    ),
    phoneVerifiedAt: Type.Optional(Time('When the host verified the number; default now')),
    discoverable: Type.Optional(Discoverable),
    card: Card,
    createdAt: Type.Optional(Time('When the account was made; default now')),
    canary: Type.Optional(
      Type.Boolean({
        description: 'A number no honest address book contains: whoever finds it is enumerating',
      }),
    ),
  },
  { additionalProperties: false, examples: [memberInputExample] },
);
export type MemberInput = Static<typeof MemberInput>;

/** One line of `POST /v1/members/import`. */
export const MemberLine = Type.Object(
  { id: Type.String(), ...MemberInput.properties },
  { additionalProperties: false, examples: [{ id: 'u-1815', ...memberInputExample }] },
);
export type MemberLine = Static<typeof MemberLine>;

/** A member as its host sees it. */
export const Member = Type.Object(
  {
    id: Type.String(),
    phone: Type.Union([Type.String(), Type.Null()]),
    phoneVerifiedAt: Type.Union([Type.String(), Type.Null()]),
    discoverable: Discoverable,
    card: Card,
    canary: Type.Boolean(),
    suspended: Type.Boolean(),
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  {
    examples: [
      {
        id: 'u-1815',
        ...memberInputExample,
        phoneVerifiedAt: '2026-03-01T09:30:00.000Z',
        canary: false,
        suspended: false,
        createdAt: '2026-03-01T09:28:11.000Z',
        updatedAt: '2026-03-01T09:30:00.000Z',
      },
    ],
  },
);
export type Member = Static<typeof Member>;

/** `GET /v1/me`: a member as it sees itself. */
export const Me = Type.Object(
  {
    id: Type.String(),
    card: Card,
    discoverable: Discoverable,
    hasPhone: Type.Boolean({
      description: 'Whether a verified number is on record; without one nobody can find me',
    }),
    createdAt: Type.String(),
  },
  {
    examples: [
      {
        id: 'u-1815',
        card: adaExample,
        discoverable: 'mutual',
        hasPhone: true,
        createdAt: '2026-03-01T09:28:11.000Z',
      },
    ],
  },
);
export type Me = Static<typeof Me>;

export const MePatch = Type.Object(
  { discoverable: Discoverable },
  { additionalProperties: false, examples: [{ discoverable: 'anyone' }] },
);
export type MePatch = Static<typeof MePatch>;

/** `GET /v1/members/{id}/setting`: what a member had chosen at a moment, as far as it was known at another. */
export const SettingAnswer = Type.Object(
  {
    discoverable: Discoverable,
    hasPhone: Type.Boolean(),
    validFrom: Type.String(),
    recordedAt: Type.String(),
  },
  {
    examples: [
      {
        discoverable: 'anyone',
        hasPhone: true,
        validFrom: '2026-03-01T09:30:00.000Z',
        recordedAt: '2026-03-01T09:30:00.000Z',
      },
    ],
  },
);
export type SettingAnswer = Static<typeof SettingAnswer>;

/** `POST /v1/members/{id}/token` */
export const MemberToken = Type.Object(
  { token: Type.String(), expiresAt: Type.String() },
  {
    examples: [
      { token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImtpdGgrand0In0.…', expiresAt: '2026-03-01T10:30:00.000Z' },
    ],
  },
);
export type MemberToken = Static<typeof MemberToken>;

/** The last line of the NDJSON answer of `POST /v1/members/import`; lines before it carry progress and errors. */
export const ImportSummary = Type.Object(
  {
    done: Type.Literal(true),
    lines: Type.Integer(),
    imported: Type.Integer(),
    failed: Type.Integer({ description: 'Lines in error, each reported by its own line' }),
    skipped: Type.Integer({
      description: 'Good lines that shared a batch with a broken one, and were not stored',
    }),
  },
  { examples: [{ done: true, lines: 10_000, imported: 8_000, failed: 1, skipped: 1_999 }] },
);
export type ImportSummary = Static<typeof ImportSummary>;
