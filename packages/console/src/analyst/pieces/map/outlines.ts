import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json?url';
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
  const response = await fetch(atlas);
  if (!response.ok) throw new TypeError('the map could not be fetched');
  return outlinesOf((await response.json()) as Atlas);
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

function outlinesOf(topology: Atlas): Outline[] {
  const { features } = feature(topology, topology.objects.countries);
  const inhabited = features.filter(({ id }) => id !== antarctica);
  const projection = geoEqualEarth().fitSize([mapWidth, mapHeight], {
    type: 'FeatureCollection',
    features: inhabited,
  });
  const draw = geoPath(projection).digits(1);
  return inhabited.map((country) => ({
    key: country.properties.name,
    country: alpha2Of(country.id === undefined ? undefined : String(country.id), country.properties.name),
    path: draw(country) ?? '',
  }));
}
