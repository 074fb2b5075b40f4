import world from './world.json' with { type: 'json' };

/** Outlines of countries as paths in a box of `width` x `height`, and small countries as points [x, y], by ISO 3166 code. */
export const worldOutlines: {
  readonly width: number;
  readonly height: number;
  readonly paths: Readonly<Record<string, string>>;
  readonly dots: Readonly<Record<string, number[]>>;
} = world;
