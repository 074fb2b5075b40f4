import { type Static, Type } from 'typebox';
import { Count, oneOf, Time } from './common.ts';

const TimeOrNot = Type.Union([Time, Type.Null()]);

const RingFigure = Type.Object({
  id: Type.String(),
  state: Type.String(),
  accounts: Count,
  since: Time,
  until: Time,
  why: Type.Array(Type.Object({ words: Type.String(), weight: Type.Number({ description: 'Nats' }) })),
  links: Type.Array(
    Type.Object({ signal: Type.String(), label: Type.String(), accounts: Count, members: Count }),
    { description: 'What its accounts share: how many of them, of how many members who do' },
  ),
});
/** A ring of the case, as detection saw it when the figures were computed. */
export type RingFigure = Static<typeof RingFigure>;

const DecisionFigure = Type.Object({
  at: Time,
  by: Type.String(),
  what: oneOf(['planned', 'approved', 'suspended', 'undone']),
  ring: Type.String(),
  accounts: Count,
});
/** What people decided, and when. */
export type DecisionFigure = Static<typeof DecisionFigure>;

const Bound = Type.Object({
  what: oneOf([
    'private_numbers',
    'numbers_forgotten',
    'settings_changed',
    'accounts_erased',
    'reveals_imported',
  ]),
  atMost: Type.Integer({ description: 'Not more than so many' }),
  why: Type.String({ description: 'What it is, and why it is not known' }),
});
/** Something that nobody can know exactly any more, or that Kith was made never to know. */
export type Bound = Static<typeof Bound>;

const asked = { accounts: Count, syncs: Count, numbers: Count };

const CountryFigure = Type.Object({
  country: Type.String({ description: 'ISO 3166 alpha-2; empty where unknown' }),
  ...asked,
});
export type CountryFigure = Static<typeof CountryFigure>;

const NetworkFigure = Type.Object({
  asn: Type.Integer({ description: 'Autonomous system; 0 where unknown' }),
  operator: Type.String(),
  kind: Type.String(),
  country: Type.String(),
  ...asked,
});
export type NetworkFigure = Static<typeof NetworkFigure>;

const DayFigure = Type.Object({
  day: Type.String({ description: 'UTC, `2019-12-24`' }),
  numbers: Count,
  reveals: Count,
  accounts: Count,
  syncs: Count,
});
export type DayFigure = Static<typeof DayFigure>;

const OthersFigure = Type.Object({
  searchedAt: Type.Union([Time, Type.Null()], {
    description: 'Null while any ring has not been searched for',
  }),
  found: Type.Integer({ description: 'Accounts outside the case that did the same' }),
  nobody: Type.Boolean(),
});
/** "Who else did this", as it was answered: `nobody` is an answer, and not having searched is none. */
export type OthersFigure = Static<typeof OthersFigure>;

/** What each figure means, and why it is exact or not, stands in docs/incident.md. */
export const Figures = Type.Object({
  computedAt: Time,
  case: Type.String(),
  name: Type.String(),
  rings: Type.Array(RingFigure),
  accounts: Count,
  accountsSuspended: Count,
  accountsErased: Count,
  since: Type.Union([Time, Type.Null()], { description: 'First sync of the accounts' }),
  until: TimeOrNot,
  noticedAt: TimeOrNot,
  stoppedAt: Type.Union([Time, Type.Null()], { description: 'When the first account was suspended' }),
  syncs: Count,
  prefixes: Count,
  numbersTried: Type.Integer({ description: 'New numbers that the accounts asked about' }),
  numbersPrivate: Type.Integer({ description: 'Of them, those of the private way, which Kith never saw' }),
  numbersWaiting: Type.Integer({ description: 'Plain ones that budgets held back, never looked up' }),
  numbersRejected: Count,
  membersExposed: Type.Integer({ description: 'People whose card was shown to any of the accounts' }),
  membersExposedByNumber: Count,
  membersExposedMutually: Count,
  membersErased: Type.Integer({ description: 'Of those exposed: nobody can write to them' }),
  cardsRevealed: Type.Integer({ description: "How often a person's card was shown" }),
  cardsOfCanaries: Count,
  cardsAmongThemselves: Count,
  firstRevealAt: TimeOrNot,
  lastRevealAt: TimeOrNot,
  membersProtected: Type.Object(
    { total: Count, nobody: Count, mutual: Count, noNumber: Count, waiting: Count },
    { description: 'Members whose number was in a book and whose card was never shown, by what kept it' },
  ),
  bounds: Type.Array(Bound),
  countries: Type.Array(CountryFigure),
  networks: Type.Array(NetworkFigure),
  days: Type.Array(DayFigure),
  others: OthersFigure,
  decisions: Type.Array(DecisionFigure),
  notices: Type.Object({
    total: Count,
    languages: Type.Array(Type.Object({ language: Type.String(), notices: Count })),
  }),
});
/** One computation of what happened: every number in every output is one of these. Counts are exact. */
export type Figures = Static<typeof Figures>;
