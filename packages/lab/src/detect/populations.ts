import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createWorld, type World } from './world.ts';

/** A kind of population: how people know each other. */
export interface PopulationKind {
  name: string;
  /** Mean share of ties that the other side holds as well. */
  reciprocity: number;
  /** Where the ties come from; without it, from the model. */
  graph?: { file: string; read: (text: string) => [number, number][] };
}

/** The folder of public data: `KITH_DATA`, or `shared/data` beside the repository. Nothing of it is part of the project. */
const folder = process.env.KITH_DATA
  ? `${process.env.KITH_DATA}/`
  : new URL('../../../../../shared/data/', import.meta.url).pathname;

const pairs =
  (separator: string) =>
  (text: string): [number, number][] =>
    text.split('\n').flatMap((line): [number, number][] => {
      const [a, b] = line.split(separator).map(Number);
      return a !== undefined && b !== undefined && Number.isInteger(a) && Number.isInteger(b) ? [[a, b]] : [];
    });

/** Reciprocity is varied over what real directed graphs have (0.38 to 0.85). */
export const populationKinds: readonly PopulationKind[] = [
  { name: 'model', reciprocity: 0.6 },
  {
    name: 'facebook-graph',
    reciprocity: 0.7,
    graph: { file: 'graphs/sybilscar_facebook/graph.txt.gz', read: pairs(' ') },
  },
  { name: 'model-distant', reciprocity: 0.38 },
  {
    name: 'lastfm-graph',
    reciprocity: 0.5,
    graph: { file: 'graphs/lastfm_asia_edges.csv', read: pairs(',') },
  },
  { name: 'model-close', reciprocity: 0.85 },
  {
    // Messages of students: directed, so that who answers whom is the graph's own.
    name: 'college-graph',
    reciprocity: 0.6,
    graph: { file: 'graphs/CollegeMsg.txt.gz', read: pairs(' ') },
  },
];

/** The population of one seed: kinds take turns; a graph that is not there is replaced by the model, which the name says. */
export function populationOf(seed: number, members: number, turn: number): { world: World; name: string } {
  const kind = populationKinds[turn % populationKinds.length] as PopulationKind;
  const graph = kind.graph && readGraph(kind.graph);
  const name = kind.graph && !graph ? `model-instead-of-${kind.name}` : kind.name;
  const { reciprocity } = kind;
  return { world: createWorld({ seed, members, reciprocity, ...(graph && { graph }) }), name };
}

function readGraph({ file, read }: NonNullable<PopulationKind['graph']>): [number, number][] | undefined {
  const path = `${folder}${file}`;
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  return read((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}
