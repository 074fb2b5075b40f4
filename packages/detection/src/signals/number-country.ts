import { bounded } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

export const numberCountry: MemberSignal = {
  kind: 'member',
  id: 'number-country',
  family: 'geography',
  title: 'Numbers of another country',
  means: 'Whether most numbers are of another country than the address, against how often that is so here.',
  blindSpots:
    'Proxies in the country of the numbers. Emigrants, travellers and people behind VPNs; so it weighs little.',
  hardToEvade: false,
  needs: ['country', 'number_country'],
  aggregates: {
    foreign_numbers:
      "sumIf(number_country_count, country != '' AND number_country != '' AND number_country != country)",
    placed_numbers: "sumIf(number_country_count, country != '' AND number_country != '')",
  },
  features: {
    foreign_mostly: 'toUInt8(placed_numbers >= 10 AND foreign_numbers * 2 > placed_numbers)',
    placed: 'toUInt8(placed_numbers >= 10)',
  },
  references: {
    foreign: {
      kind: 'share',
      among: 'everyone',
      part: 'foreign_mostly',
      whole: 'placed',
      alike: '0',
      where: 'placed > 0',
    },
  },
  weight: (reference) => {
    const honest = `least(greatest(${reference.share('foreign').mean}, 0.03), 0.5)`;
    return `if(placed = 0, 0, ${bounded(`if(foreign_mostly = 1, log(0.5 / ${honest}), log(0.5 / (1 - ${honest})))`, 0.05, 0.5)})`;
  },
  words: (row) =>
    `${counted(number(row, 'foreign_numbers'))} of ${counted(number(row, 'placed_numbers'))} numbers are of another country than its addresses`,
};
