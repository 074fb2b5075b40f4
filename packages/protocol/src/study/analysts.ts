import { type Static, Type } from 'typebox';
import { oneOf, Time } from './common.ts';
import { roles } from './words.ts';

const RoleWord = oneOf(roles);
const Id = Type.String({ format: 'uuid' });
const Name = Type.String({ minLength: 1, maxLength: 200 });

/** In characters: longer ones tell nothing more, and cost work. */
export const passwordLengthMax = 256;
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

const Me = Type.Object({
  id: Id,
  name: Type.String(),
  role: RoleWord,
  mustChangePassword: Type.Boolean({ description: 'Until then, every other call answers 403' }),
});
/** Who has signed in. */
export type Me = Static<typeof Me>;

export const Session = Type.Object(
  {
    analyst: Me,
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
export type Session = Static<typeof Session>;

const DemoAnalyst = Type.Object({ name: Type.String(), password: Type.String(), role: RoleWord });
export type DemoAnalyst = Static<typeof DemoAnalyst>;

export const SignInWays = Type.Object(
  {
    local: Type.Boolean(),
    oidc: Type.Optional(Type.Object({ name: Type.String() })),
    demo: Type.Optional(Type.Array(DemoAnalyst, { description: 'Only in `kith dev`' })),
  },
  { examples: [{ local: true, oidc: { name: 'login.example.org' } }] },
);
export type SignInWays = Static<typeof SignInWays>;

const analystFields = {
  id: Id,
  name: Type.String(),
  role: RoleWord,
  state: oneOf(['active', 'disabled']),
  createdAt: Time,
  lastSeenAt: Type.Optional(Time),
  way: oneOf(['local', 'oidc']),
};
const exampleAnalyst = {
  id: exampleId,
  name: 'Ada',
  role: 'analyst',
  state: 'active',
  createdAt: '2026-11-01T09:00:00.000Z',
  way: 'local',
};

export const Analyst = Type.Object(
  {
    ...analystFields,
    password: Type.Optional(Type.String({ description: 'A new first password, shown this once' })),
  },
  { examples: [{ ...exampleAnalyst, password: 'ab2cd-ef3gh-jk4mn-pq5rs' }] },
);
/** An analyst as admins see it. */
export type Analyst = Static<typeof Analyst>;

export const AnalystList = Type.Object(
  { analysts: Type.Array(Type.Object(analystFields)) },
  { examples: [{ analysts: [exampleAnalyst] }] },
);

export const NewAnalystBody = Type.Object(
  { name: Name, role: RoleWord },
  { additionalProperties: false, examples: [{ name: 'Grace', role: 'approver' }] },
);

export const AnalystChangeBody = Type.Object(
  {
    role: Type.Optional(RoleWord),
    state: Type.Optional(oneOf(['active', 'disabled'])),
    resetPassword: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false, examples: [{ state: 'disabled' }] },
);
