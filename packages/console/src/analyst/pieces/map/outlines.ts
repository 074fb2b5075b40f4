import { geoEqualEarth, geoPath } from 'd3-geo';
import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import atlasUrl from 'world-atlas/countries-110m.json?url';
import { alpha2Of } from './iso-numeric.ts';

export const mapWidth = 960;
export const mapHeight = 430;

export interface Outline {
  key: string;
  /** ISO 3166 alpha-2 where there is one. */
  country: string | undefined;
  /** As `d` of an SVG path, on a ground of `mapWidth` by `mapHeight`. */
  path: string;
}

const antarctica = '010';

/**
 * The countries, drawn on equal areas (Šavrič, Patterson, Jenny: The Equal Earth map projection, 2018), so that no
 * shade looks larger than its country is.
 */
export async function fetchOutlines(): Promise<Outline[]> {
  const response = await fetch(atlasUrl);
  if (!response.ok) throw new TypeError('the map could not be fetched');
  return outlinesOf((await response.json()) as Atlas);
}

type Atlas = Parameters<typeof feature>[0];

function outlinesOf(atlas: Atlas): Outline[] {
  const { features } = feature(atlas, atlas.objects.countries!) as FeatureCollection;
  const inhabited = features.filter(({ id }) => id !== antarctica);
  const projection = geoEqualEarth().fitSize([mapWidth, mapHeight], {
    type: 'FeatureCollection',
    features: inhabited,
  });
  const draw = geoPath(projection).digits(1);
  return inhabited.map((country) => {
    const name = String(country.properties?.name);
    const numeric = country.id === undefined ? undefined : String(country.id);
    return { key: name, country: alpha2Of(numeric, name), path: draw(country) ?? '' };
  });
}
