import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CommandError, type ExitCode, exitCodes, table } from '@kith/server/terminal';

/** One figure, measured beside its peer in the same run. */
export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  /** What it is measured against. */
  peer: string;
  peerValue: number;
  /** Ours to the peer's; each benchmark says which way is good. */
  ratio: number;
  /** Most memory that the measured process held, MB. */
  rssMb?: number;
  /** What was measured, where the name does not say all. */
  detail?: Record<string, number | string>;
}

/** Sizes, for runs smaller or larger than the published ones. */
export interface BenchOptions {
  members?: number;
  slots?: number;
  rounds?: number;
  events?: number;
}

interface BenchModule {
  /** Names of the results, where they are several or not the file's. */
  names?: readonly string[];
  run(options?: BenchOptions): Promise<BenchResult | BenchResult[]>;
}

const folder = new URL('./', import.meta.url);

/** Names of figures, each with the module that measures it. */
type Catalogue = Map<string, string>;

/** Every module of this folder that exports `run` is a benchmark; it is named as its file unless it says otherwise. */
export async function benchCatalogue(): Promise<Catalogue> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const catalogue: Catalogue = new Map();
  for (const name of files.map((file) => file.slice(0, -3)).sort()) {
    if (name === 'cli') continue;
    const module = await load(name);
    if (module.run === undefined) continue;
    for (const figure of module.names ?? [name]) catalogue.set(figure, name);
  }
  return catalogue;
}

async function load(name: string): Promise<Partial<BenchModule>> {
  return (await import(new URL(`${name}.ts`, folder).href)) as Partial<BenchModule>;
}

/** Runs one benchmark in this process and prints a JSON line a result. */
export async function runHere(name: string, options: BenchOptions): Promise<void> {
  const { run } = await load(name);
  if (run === undefined) throw new CommandError('bench_unknown', `no benchmark is called ${name}`);
  const results = [await run(options)].flat();
  const rssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  for (const result of results) process.stdout.write(`${JSON.stringify({ rssMb, ...result })}\n`);
}

/**
 * Runs benchmarks one after the other, each in a process of its own, so that none inherits another's memory or warm
 * code. Prints a JSON line a result, or a table at the end.
 */
export async function runBenchmarks(
  names: readonly string[],
  options: BenchOptions & { json?: boolean },
): Promise<ExitCode> {
  const catalogue = await benchCatalogue();
  const wanted = names.length > 0 ? names : [...catalogue.keys()];
  const unknown = wanted.find((name) => !catalogue.has(name));
  if (unknown !== undefined) {
    const known = [...catalogue.keys()].join(', ');
    throw new CommandError('bench_unknown', `no benchmark is called ${unknown}; there are ${known}`);
  }
  const results: BenchResult[] = [];
  let failed = false;
  // A module that measures several figures runs once.
  for (const name of new Set(wanted.map((figure) => catalogue.get(figure) as string))) {
    if (!options.json) process.stderr.write(`${name} ...\n`);
    const ended = await runApart(name, options, (result) => {
      if (catalogue.has(result.name) && !wanted.includes(result.name)) return;
      results.push(result);
      if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    });
    failed ||= !ended;
  }
  if (!options.json) process.stdout.write(`${table(results.map(rowOf))}\n`);
  return failed ? exitCodes.failed : exitCodes.ok;
}

function rowOf(result: BenchResult) {
  const { name, value, unit, peer, peerValue, ratio, rssMb } = result;
  return {
    name,
    value: figure(value),
    unit,
    peer,
    peerValue: figure(peerValue),
    ratio: figure(ratio),
    rssMb,
  };
}

const figure = (value: number) => Number(value.toPrecision(4));

function runApart(
  name: string,
  options: BenchOptions,
  onResult: (result: BenchResult) => void,
): Promise<boolean> {
  const flags = (['members', 'slots', 'rounds', 'events'] as const).flatMap((flag) => {
    const value = options[flag];
    return value === undefined ? [] : [`--${flag}`, String(value)];
  });
  const cli = fileURLToPath(new URL('../cli.ts', folder));
  const child = spawn(process.execPath, [cli, 'bench', name, '--here', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) onResult(JSON.parse(line) as BenchResult);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
