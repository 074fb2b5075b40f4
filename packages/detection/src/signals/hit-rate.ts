import { aggregate } from './common.ts';
import { alikeAtLeast, betaOf, bounded, logBetaBinomial, once } from './likelihood.ts';
import {
  type MemberSignal,
  number,
  percent,
  type Reference,
  type ReferenceSql,
  type ShareSql,
} from './signal.ts';

/** Random guesses find members ten times more seldom than books do, where nothing better is known of a country. */
const guessesPerFriend = 10;

const aggregates = { met: aggregate.met, revealed: aggregate.revealed, fresh: aggregate.fresh };
const features = { hits: 'least(met + revealed, fresh)' };
const hitRateAmong = (alike: string): Reference => ({
  kind: 'share',
  among: 'number_country',
  part: 'hits',
  whole: 'fresh',
  alike,
  where: 'fresh >= 20',
});
/** Books that hit as random guesses do are common where few use the service, books that hit as leaked lists do where most do. */
const references = {
  hit_rate_of_guesses: hitRateAmong('hits < 0.02 * fresh'),
  hit_rate_of_leaks: hitRateAmong('hits > 0.35 * fresh'),
};

export const hitRate: MemberSignal = {
  kind: 'member',
  id: 'hit-rate',
  family: 'answers',
  title: 'Hit rate',
  means:
    'The share of numbers that found a member, among accounts that ask for numbers of the same country. Books hit as often as one’s friends use the service; random numbers far less, leaked lists about half the time.',
  blindSpots:
    'Hit rates differ between countries by three orders of magnitude, so small countries are judged with all others. A list bought from a similar service hits as a book does.',
  hardToEvade: true,
  // Where a source does not tell mutual finds from others, all are in `reveals`.
  needs: ['reveals', 'numbers_new', 'number_country'],
  aggregates: { ...aggregates, number_country: aggregate.number_country },
  features,
  references,
  weight,
  words: (row) =>
    `${shareFound(row)} of its numbers found somebody, unlike the books of others who ask for numbers of ${row.number_country || 'the same country'}`,
};

export const hitRateAtHome: MemberSignal = {
  kind: 'member',
  id: 'hit-rate-at-home',
  family: 'answers',
  title: 'Hit rate where it lives',
  means:
    'The share of numbers that found a member, among accounts with addresses in the same country: most people’s friends live where they do. Used where the country of the numbers is not known.',
  blindSpots:
    'As for the hit rate. Besides, whoever asks from abroad is compared with the wrong people, and where addresses are not known everybody is compared with everybody.',
  hardToEvade: true,
  needs: ['reveals', 'numbers_new'],
  standsInFor: 'number_country',
  aggregates: { ...aggregates, number_country: aggregate.home_country },
  features,
  references,
  weight,
  words: (row) =>
    `${shareFound(row)} of its numbers found somebody, unlike the books of others ${row.number_country ? `with addresses in ${row.number_country}` : 'here'}`,
};

const shareFound = (row: Readonly<Record<string, number | string>>): string =>
  percent(number(row, 'hits') / Math.max(number(row, 'fresh'), 1));

function weight(reference: ReferenceSql): string {
  const [few, many] = [reference.share('hit_rate_of_guesses'), reference.share('hit_rate_of_leaks')];
  const [honest, again] = once(logBetaBinomial('hits', 'fresh', few));
  const guesses = `(${guessesPerFriend} / greatest(${few.mean}, 0.001))`;
  // Beta(1, g) has mean 1 / (1 + g), and log of the beta function -log(g).
  const random = logBetaBinomial('hits', 'fresh', { a: '1', b: guesses, logBeta: `(-log(${guesses}))` });
  const leaked = logBetaBinomial('hits', 'fresh', betaOf(4, 4));
  const against = (list: string, books: string, alike: ShareSql): string =>
    bounded(`(${list} - ${books})`, alikeAtLeast(0.02, alike), 0.3);
  // Either kind of list as likely as the other: a mean of likelihood ratios is one.
  return `if(fresh > 0, log((exp(${against(random, honest, few)}) + exp(${against(leaked, again, many)})) / 2), 0)`;
}
