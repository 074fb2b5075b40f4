import { type Static, Type } from 'typebox';
import { Count, oneOf, Time } from './common.ts';
import { Figures } from './figures.ts';

export const Exposure = Type.Object({
  state: oneOf(['none', 'running', 'ready']),
  progress: Type.Optional(
    Type.Object({ done: Count, of: Count, phase: oneOf(['accounts', 'exposed', 'tried', 'ready']) }),
  ),
  /** While it is computed anew, those from before. */
  figures: Type.Optional(Figures),
});
/** How far an exposure has come. Each account counts, and then each member. */
export type Exposure = Static<typeof Exposure>;

export const ListQuery = Type.Object({
  after: Type.Optional(Type.String({ maxLength: 1_000 })),
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }),
});

const ExposedMember = Type.Object({
  member: Type.String(),
  name: Type.Union([Type.String(), Type.Null()], { description: 'Null where the member has left' }),
  setting: Type.String({ description: 'What it had chosen when its card was first shown' }),
  times: Type.Array(Type.Object({ at: Time, viewer: Type.String(), how: Type.String() })),
});
/** Somebody whose card was shown, each time with who saw it. */
export type ExposedMember = Static<typeof ExposedMember>;

const ProtectedMember = Type.Object({
  member: Type.String(),
  setting: oneOf(['nobody', 'mutual', 'noNumber', 'waiting']),
  at: Type.String({ description: 'The number came at this time, or by `until`' }),
  until: Time,
  exact: Type.Boolean({ description: 'False where the setting changed between the two' }),
});
/** Somebody whose number was sent and whose card was not shown. */
export type ProtectedMember = Static<typeof ProtectedMember>;

const listFields = { total: Count, next: Type.Optional(Type.String()) };
export const ExposedList = Type.Object({ members: Type.Array(ExposedMember), ...listFields });
export const ProtectedList = Type.Object({ members: Type.Array(ProtectedMember), ...listFields });

const OutputFile = Type.Object({
  name: Type.String(),
  title: Type.String(),
  type: Type.String(),
  about: Type.String(),
});
export type OutputFile = Static<typeof OutputFile>;

export const OutputList = Type.Object({ files: Type.Array(OutputFile) });

export const NoticesBody = Type.Object({ way: Type.Literal('webhook') }, { additionalProperties: false });
export const NoticesQueued = Type.Object({ queued: Count });
