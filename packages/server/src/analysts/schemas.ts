import { type Static, Type } from 'typebox';
import { passwordLengthMax } from './passwords.ts';

export const Role = Type.Union([
  Type.Literal('viewer'),
  Type.Literal('analyst'),
  Type.Literal('approver'),
  Type.Literal('admin'),
]);
const State = Type.Union([Type.Literal('active'), Type.Literal('disabled')]);
const Way = Type.Union([Type.Literal('local'), Type.Literal('oidc')]);
const Time = Type.String({ format: 'date-time' });
const Name = Type.String({ minLength: 1, maxLength: 200 });
/** Of any length up to what is refused in words: what is too long is too long for a hash as well. */
const Password = Type.String({ minLength: 1, maxLength: passwordLengthMax * 2 });

export const SignInBody = Type.Object(
  { name: Name, password: Password },
  { additionalProperties: false, examples: [{ name: 'Ada', password: 'correct horse battery staple' }] },
);

export const PasswordBody = Type.Object(
  { current: Password, next: Password },
  {
    additionalProperties: false,
    examples: [{ current: 'ab2cd-ef3gh-jk4mn-pq5rs', next: 'correct horse battery staple' }],
  },
);

const exampleId = '0197f7a4-2b1c-7c3e-9a51-0d6d8f3b1a20';

export const SessionAnswer = Type.Object(
  {
    analyst: Type.Object({
      id: Type.String({ format: 'uuid' }),
      name: Type.String(),
      role: Role,
      mustChangePassword: Type.Boolean({ description: 'Until then, every other call answers 403' }),
    }),
    csrf: Type.String({ description: 'Sent as `Kith-CSRF` with every call that changes something' }),
    expiresAt: Time,
  },
  {
    examples: [
      {
        analyst: { id: exampleId, name: 'Ada', role: 'analyst', mustChangePassword: false },
        csrf: '0Z8cvwdJ3nYHfTz2lPpHMDWdW6v2R0rB3a2X5c7d9eE',
        expiresAt: '2026-11-23T13:00:00.000Z',
      },
    ],
  },
);

export const WaysAnswer = Type.Object(
  {
    local: Type.Boolean(),
    oidc: Type.Optional(Type.Object({ name: Type.String() })),
    demo: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), password: Type.String(), role: Role }), {
        description: 'Only in `kith dev`',
      }),
    ),
  },
  { examples: [{ local: true, oidc: { name: 'login.example.org' } }] },
);

const analystFields = {
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  role: Role,
  state: State,
  createdAt: Time,
  lastSeenAt: Type.Optional(Time),
  way: Way,
};
const exampleAnalyst = {
  id: exampleId,
  name: 'Ada',
  role: 'analyst',
  state: 'active',
  createdAt: '2026-11-01T09:00:00.000Z',
  way: 'local',
};

export const AnalystsAnswer = Type.Object(
  { analysts: Type.Array(Type.Object(analystFields)) },
  { examples: [{ analysts: [exampleAnalyst] }] },
);

export const AnalystOrIssued = Type.Object(
  {
    ...analystFields,
    password: Type.Optional(Type.String({ description: 'A new first password, shown this once' })),
  },
  { examples: [{ ...exampleAnalyst, password: 'ab2cd-ef3gh-jk4mn-pq5rs' }] },
);

export const NewAnalystBody = Type.Object(
  { name: Name, role: Role },
  { additionalProperties: false, examples: [{ name: 'Grace', role: 'approver' }] },
);

export const AnalystChangeBody = Type.Object(
  {
    role: Type.Optional(Role),
    state: Type.Optional(State),
    resetPassword: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false, examples: [{ state: 'disabled' }] },
);

export type DemoAnalyst = { name: string; password: string; role: Static<typeof Role> };
