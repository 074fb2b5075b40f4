import type { NetworkKind } from '@kith/detection';
import { createRandom, type Random } from '../population/random.ts';
import { pick } from './chance.ts';
import { countries } from './world.ts';

/** Where a sync comes from. */
export interface Place {
  prefix: string;
  asn: number;
  operator: string;
  country: string;
  network: NetworkKind;
}

/** The internet of the simulation: homes, carriers, offices, rented servers, with as many prefixes as they have in life. */
export interface Places {
  /** One home in about three shares its /24 with another member; a few operators have most homes. */
  home(country: number, household: number): Place;
  /** Carriers put thousands of telephones behind one prefix; everybody has one carrier. */
  mobile(country: number, subscriber: number, random: Random): Place;
  /** Prefixes that an institution holds for itself. */
  institution(country: number, which: number): Place;
  /** Rented servers: `operator` picks the company, `which` the rack. */
  rented(operator: number, which: number): Place;
  /** Commercial VPNs, which honest people use as well. */
  vpn(random: Random): Place;
  /** Somebody's home connection, lent out by a residential proxy network. */
  borrowedHome(country: number, random: Random): Place;
}

const homeOperators = 40;
const carriers = 3;
const prefixesOfCarrier = 4;

/** The golden ratio spreads neighbours evenly over 0 to 1; the cube gives a third of them to the largest operator. */
const operatorOf = (household: number): number =>
  Math.floor(homeOperators * ((household * 0.618_033_988_75) % 1) ** 3);

export function createPlaces(seed: number, membersOf: readonly number[]): Places {
  const random = createRandom(seed).fork('places');
  const asnOf = new Map<string, number>();
  const asn = (name: string): number => {
    const known = asnOf.get(name);
    if (known) return known;
    const number = 30_000 + asnOf.size * 7 + random.below(7);
    asnOf.set(name, number);
    return number;
  };
  const place = (country: string, operator: string, network: NetworkKind, prefix: string): Place => ({
    prefix,
    asn: asn(operator),
    operator,
    country,
    network,
  });
  const code = (country: number): string => countries[country]?.code ?? 'US';
  const home = (country: number, household: number): Place => {
    const operator = `${code(country)} Broadband ${operatorOf(household)}`;
    return place(code(country), operator, 'residential', `home-${country}-${Math.floor(household / 3)}/24`);
  };
  const hostingCountries = ['US', 'DE', 'NL', 'SG'];
  return {
    home,
    mobile: (country, subscriber, chance) => {
      const carrier = subscriber % carriers;
      const prefix = `nat-${country}-${carrier}-${chance.below(prefixesOfCarrier)}/24`;
      return place(code(country), `${code(country)} Mobile ${carrier}`, 'mobile', prefix);
    },
    institution: (country, which) =>
      place(code(country), `${code(country)} Institution ${which}`, 'unknown', `inst-${country}-${which}/24`),
    rented: (operator, which) =>
      place(
        hostingCountries[operator % hostingCountries.length] ?? 'US',
        `Hosting ${operator}`,
        'hosting',
        `host-${operator}-${which}/24`,
      ),
    vpn: (chance) => {
      const exit = chance.below(40);
      return place(pick(chance, hostingCountries), `VPN ${exit % 5}`, 'hosting', `vpn-${exit}/24`);
    },
    borrowedHome: (country, chance) => home(country, chance.below(Math.max(membersOf[country] ?? 1, 1))),
  };
}
