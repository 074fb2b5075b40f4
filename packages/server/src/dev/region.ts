import { type DemoPopulation, demoExchanges, demoPopulation } from './population.ts';
import { mulberry32 } from './random.ts';

/** The town that a visitor meets, and the towns around it. */
export interface DemoRegion {
  town: DemoPopulation;
  /** Made when they are needed: all of them together are large. */
  around: readonly (() => DemoPopulation)[];
  /** Leading digits, down to the last four, of everybody's number. */
  exchanges: readonly string[];
}

export interface RegionSize {
  /** People of each town. */
  town: number;
  townsAround: number;
}

const seed = 2019;

/** As many as there are numbers reserved for fiction. */
export const wholeRegion: RegionSize = { town: 2_500, townsAround: 13 };

/** The region is always the same; only its birthdays follow the calendar, fixed when the database was made. */
export function demoRegion(nowMs: number, { town, townsAround }: RegionSize = wholeRegion): DemoRegion {
  const townAt = (place: number) => demoPopulation(town, mulberry32(seed + place), nowMs, place * town);
  return {
    town: townAt(0),
    around: Array.from({ length: townsAround }, (_, index) => () => townAt(index + 1)),
    exchanges: demoExchanges(town * (townsAround + 1)),
  };
}
