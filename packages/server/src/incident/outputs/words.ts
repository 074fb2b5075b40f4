import type { Figures } from '@kith/protocol/study';

const grouped = new Intl.NumberFormat('en-US');
const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const regions = new Intl.DisplayNames(['en'], { type: 'region' });

/** `17,000,000` */
export const figure = (value: number): string => grouped.format(value);

/** `one account`, `2 accounts`; nouns that do not take an s are given whole. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** `24 December 2019`, in UTC. */
export const dayIn = (iso: string): string => days.format(new Date(iso));

/** `24 December 2019, 03:15 UTC` */
export const momentIn = (iso: string): string => `${dayIn(iso)}, ${iso.slice(11, 16)} UTC`;

/** The name of a country, or what stands for not knowing it. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return 'unknown';
  return regions.of(code) ?? code;
}

/** `on 24 December 2019`, or `between 24 and 26 December 2019` in full. */
export function period(since: string | null, until: string | null): string {
  if (!since || !until) return 'at a time that is not known';
  const [from, to] = [dayIn(since), dayIn(until)];
  return from === to ? `on ${from}` : `between ${from} and ${to}`;
}

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Sentences that every output says alike: each number in them is one of the figures. */
export const sentences = {
  happened: (f: Figures): string =>
    f.accounts === 0
      ? 'No account belongs to this case.'
      : `${capital(period(f.since, f.until))}, ${counted(f.accounts, 'account')} that acted as one asked about ${counted(f.numbersTried, 'phone number')}, to learn which members they belong to.`,

  exposed: (f: Figures): string => {
    if (f.membersExposed === 0) return 'Nobody’s card was shown to any of them.';
    const people =
      f.membersExposed === 1
        ? 'One person’s card was'
        : `The cards of ${figure(f.membersExposed)} people were`;
    return `${people} shown to at least one of these accounts, ${counted(f.cardsRevealed, 'time')} in all.`;
  },

  how: (f: Figures): string =>
    `${figure(f.membersExposedByNumber)} of them had let anyone with their number find them and were found by it; ${figure(f.membersExposedMutually)} had saved a number of one of these accounts themselves.`,

  protectedTotal: (f: Figures): string =>
    `${counted(f.membersProtected.total, 'member')} whose numbers the accounts had sent ${f.membersProtected.total === 1 ? 'was' : 'were'} not exposed.`,

  waiting: (f: Figures): string =>
    `${counted(f.numbersWaiting, 'number')} the accounts had sent ${f.numbersWaiting === 1 ? 'was' : 'were'} never looked up at all: budgets held them back.`,

  from: (f: Figures): string => {
    const named = f.countries.filter(({ country }) => country !== '').slice(0, 5);
    if (named.length === 0) return 'Where the traffic left from is not known.';
    const places = named.map(
      ({ country, accounts }) => `${countryName(country)} (${counted(accounts, 'account')})`,
    );
    const more =
      f.countries.filter(({ country }) => country !== '').length > named.length ? ' and other countries' : '';
    return `The traffic left from addresses in ${listed(places)}${more}. That says where it left from, not who was behind it.`;
  },

  stopped: (f: Figures): string => {
    if (f.accountsSuspended === 0) return 'The accounts have not been suspended yet.';
    const all = f.accountsSuspended === f.accounts;
    const which = all
      ? `All ${figure(f.accounts)}`
      : `${figure(f.accountsSuspended)} of the ${figure(f.accounts)}`;
    return `${which} accounts ${all || f.accountsSuspended > 1 ? 'are' : 'is'} suspended${f.stoppedAt ? `, the first of them since ${momentIn(f.stoppedAt)}` : ''}.`;
  },

  others: ({ others }: Figures): string => {
    if (!others.searchedAt) return 'Whether others did the same has not been searched yet.';
    if (others.nobody) return `Searched on ${dayIn(others.searchedAt)} for others who did the same: nobody.`;
    return `Searched on ${dayIn(others.searchedAt)} for others who did the same: ${counted(others.found, 'more account')}.`;
  },
};

/** Why members whose numbers were tried were not exposed, with how many. */
export function protections(f: Figures): [count: number, why: string][] {
  const { nobody, mutual, noNumber, waiting } = f.membersProtected;
  return [
    [nobody, 'had chosen to be found by nobody'],
    [mutual, 'had chosen to be found only by people whose numbers they have saved themselves'],
    [noNumber, 'had no number with us at that time'],
    [waiting, 'could be found by anyone with their number, and budgets or the suspension came first'],
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
