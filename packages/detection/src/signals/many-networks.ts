import { bounded, tailRatio } from './likelihood.ts';
import { counted, type MemberSignal, number } from './signal.ts';

/** Moving between countries counts besides moving between operators. */
const spread = 'log1p(operators) + log1p(countries)';
const where = 'operators > 0 AND events > 2';

export const manyNetworks: MemberSignal = {
  kind: 'member',
  id: 'many-networks',
  family: 'networks',
  title: 'Many networks',
  means:
    'From how many network operators and countries the account came, against everybody here. People live, work and travel in a handful; proxies lend out another home for every request.',
  blindSpots:
    'Proxies that keep one home for each account, and servers. Honest people who travel, or use relays that change their exit, move as much.',
  hardToEvade: false,
  needs: ['asn'],
  // More than thirty are as good as thirty, and counting further would need memory.
  aggregates: {
    operators: 'uniqUpToIf(30)(asn, asn != 0)',
    countries: "uniqUpToIf(30)(country, country != '')",
  },
  features: {},
  references: { many_networks: { kind: 'tail', among: 'everyone', value: spread, where } },
  weight: (reference) =>
    `if(${where}, ${bounded(tailRatio(spread, reference.tail('many_networks')), 0.02, 0.5)}, 0)`,
  words: (row) => {
    const countries = number(row, 'countries');
    const elsewhere = countries > 1 ? ` in ${counted(countries)} countries` : '';
    return `came from ${counted(number(row, 'operators'))} network operators${elsewhere}`;
  },
};
