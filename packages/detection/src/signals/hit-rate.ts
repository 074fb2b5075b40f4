import { aggregate } from './common.ts';
import { alikeAtLeast, betaOf, bounded, logBetaBinomial } from './likelihood.ts';
import { type MemberSignal, number, percent } from './signal.ts';

/** Random guesses find members ten times more seldom than books do, where nothing better is known of a country. */
const guessesPerFriend = 10;

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
  aggregates: {
    met: aggregate.met,
    revealed: aggregate.revealed,
    fresh: aggregate.fresh,
    number_country: aggregate.number_country,
  },
  features: { hits: 'least(met + revealed, fresh)' },
  references: {
    hit_rate: {
      kind: 'share',
      among: 'number_country',
      part: 'hits',
      whole: 'fresh',
      alike: 'hits > 0.35 * fresh',
      where: 'fresh >= 20',
    },
  },
  weight: (reference) => {
    const honest = reference.share('hit_rate');
    const guesses = `(${guessesPerFriend} / greatest(${honest.mean}, 0.001))`;
    // Beta(1, g) has mean 1 / (1 + g), and log of the beta function -log(g).
    const random = logBetaBinomial('hits', 'fresh', { a: '1', b: guesses, logBeta: `(-log(${guesses}))` });
    const leaked = logBetaBinomial('hits', 'fresh', betaOf(4, 4));
    const ratio = `(greatest(${random}, ${leaked}) + log(0.5) - ${logBetaBinomial('hits', 'fresh', honest)})`;
    return `if(fresh > 0, ${bounded(ratio, alikeAtLeast(0.02, honest), 0.3)}, 0)`;
  },
  words: (row) =>
    `${percent(number(row, 'hits') / Math.max(number(row, 'fresh'), 1))} of its numbers found somebody, unlike the books of others who ask for numbers of ${row.number_country || 'the same country'}`,
};
