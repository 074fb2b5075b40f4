import type { CountrySpec } from '../../population/country.ts';

/** What `kith lab run twitter-2019` may be told. */
export interface Twitter2019Options {
  seed: number;
  /** Fake accounts. */
  accounts: number;
  days: number;
  /** Members of the simulated app. */
  population: number;
  /** Numbers in the attacker's list, drawn from all that carriers may have handed out; undefined: all of them. */
  numbers?: number;
  /** Honest members who sync while the attack runs. */
  honest: number;
}

export const twitter2019Defaults: Twitter2019Options = {
  seed: 2019,
  accounts: 50,
  days: 30,
  population: 30_000,
  honest: 100,
};

/** Multiplies everything that has a size; days stay days. */
export function scaled(options: Twitter2019Options, scale: number): Twitter2019Options {
  const times = (value: number) => Math.max(1, Math.round(value * scale));
  return {
    ...options,
    accounts: times(options.accounts),
    population: times(options.population),
    honest: times(options.honest),
    ...(options.numbers !== undefined && { numbers: times(options.numbers) }),
  };
}

/** Two billion numbers matched seventeen million accounts that had a number and left the setting on. */
const hitRate2019 = 17 / 2_000;

/** Where the matched members of 2019 lived, as far as it was reported; equal shares for want of better. */
const regions = ['IL', 'TR', 'FR', 'DE', 'GR'];

const settings = { nobody: 0.25, mutual: 0.35, anyone: 0.4 };

export function countriesOf(
  population: number,
): Pick<CountrySpec, 'region' | 'members' | 'memberDensity' | 'settings'>[] {
  const share = Math.max(1, Math.floor(population / regions.length));
  return regions.map((region, index) => ({
    region,
    members: index === 0 ? Math.max(1, population - share * (regions.length - 1)) : share,
    memberDensity: hitRate2019 / settings.anyone,
    settings,
  }));
}
