import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type DetectStore, detectHistory, knownRing, type Ring, whoElse } from '../detect/index.ts';
import type { RingProfile, WhoElse } from '../detect/who-else.ts';
import { type Engine, openChdb } from '../engine/index.ts';
import { WatchError } from '../errors.ts';
import { type NetworkFiles, type Networks, openNetworks } from '../network/index.ts';
import { type DialPlan, dialPlanOf } from './calling-codes.ts';
import { expandLogs } from './expand.ts';
import { type LogField, type Mapping, parseMapping } from './fields.ts';
import { importLogs } from './import.ts';
import type { Only } from './import-sql.ts';
import { type OpenedLog, openLog } from './open-log.ts';
import type { InvestigateOptions } from './options.ts';
import type { Investigation } from './report/report.ts';

export interface InvestigateEvents {
  /** Something the user should know: what was guessed, what is missing. */
  note: (line: string) => void;
  /** What is going on, to be overwritten by the next. */
  progress: (line: string) => void;
  /** Read where a log is called `-`. */
  stdin?: Readable | undefined;
  /** Ends everything, leaving nothing behind. */
  stop?: AbortSignal | undefined;
}

/**
 * Reads logs, finds rings in them, and searches for others like them.
 *
 * @param patterns paths, folders, globs, or `-` for stdin.
 * @throws WatchError `log_unreadable`, `log_columns_unknown`, `log_too_broken`, `option_invalid`, `ring_unknown`,
 *   `network_file_invalid`, `event_store_missing`, `event_store_unavailable`; whatever fails once `stop` is given is its doing.
 */
export async function investigate(
  patterns: readonly string[],
  options: InvestigateOptions,
  events: InvestigateEvents,
): Promise<Investigation> {
  const given = options.map === undefined ? {} : parseMapping(options.map);
  const only = (options.only ?? []).map(parseOnly);
  const maxBad = shareOf(options.maxBad ?? 0.05);
  const plan = options.region === undefined ? undefined : planOf(options.region);
  const known = options.known === undefined ? [] : (await readRings(options.known)).map(knownRing);
  const wanted = await readProfiles(options.like ?? []);
  const files = await expandLogs(patterns);
  const folder = await mkdtemp(join(tmpdir(), 'kith-investigate-'));
  const engine = new LateEngine(join(folder, 'engine'), events);
  try {
    const logs = await openLogs(() => engine.get(), files, { given, only, folder }, events);
    const [networks] = await Promise.all([networksFor(logs, options), engine.get()]);
    const imported = await importLogs(await engine.get(), logs, networks, {
      maxBad,
      only,
      plan,
      now: options.now ?? Date.now(),
      folder,
      marksAddresses: options.torFile !== undefined || options.proxyFile !== undefined,
      onProgress: rateOf(events.progress),
    });
    const { store } = imported;
    const detection = await detectHistory(store, detectOptions(options, store, events), known);
    const { store: _store, tookMs: _tookMs, files: read, ...counts } = imported;
    return {
      madeAt: options.now ?? Date.now(),
      files: read.map((log, place) => described(log, logs[place])),
      imported: counts,
      detection,
      whoElse: await search(store, [...wanted, ...pickAll(options.like ?? [], detection.rings)], events),
      sources: networks.sources,
    };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The engine, started when it is first wanted, and ended at once where the user has stopped the run. */
class LateEngine {
  readonly #folder: string;
  readonly #events: InvestigateEvents;
  #engine: Promise<Awaited<ReturnType<typeof openChdb>>> | undefined;

  constructor(folder: string, events: InvestigateEvents) {
    this.#folder = folder;
    this.#events = events;
    events.stop?.addEventListener('abort', this.#halt, { once: true });
  }

  get(): Promise<Engine> {
    if (this.#events.stop?.aborted) throw new WatchError('event_store_unavailable', 'The run was stopped');
    this.#engine ??= openChdb({ folder: this.#folder, isScratch: true, onLost: this.#events.note });
    return this.#engine;
  }

  async close(): Promise<void> {
    this.#events.stop?.removeEventListener('abort', this.#halt);
    await (await this.#engine?.catch(() => undefined))?.close();
  }

  /** What it is doing has no result any more, and may take minutes: it is not asked to end, but ended. */
  readonly #halt = async (): Promise<void> => {
    const engine = await this.#engine?.catch(() => undefined);
    const closed = engine?.close().catch(() => {});
    if (engine?.pid !== undefined) process.kill(engine.pid, 'SIGKILL');
    await closed;
  };
}

/** The tables of addresses take two seconds to load: only where a log has addresses. */
async function networksFor(logs: readonly OpenedLog[], options: InvestigateOptions): Promise<Networks> {
  if (logs.some(({ mapping }) => mapping.ip !== undefined)) return openNetworks(networkFiles(options));
  return {
    lookup: () => ({ kind: 'unknown', prefix: '' }),
    ready: Promise.resolve(),
    sources: [],
  };
}

/** Without numbers, accounts are told by how they act alone: a few machines of one owner are no ring. */
const ringSizeWithoutNumbers = 5;

function detectOptions(
  options: InvestigateOptions,
  store: DetectStore,
  { progress }: InvestigateEvents,
): Parameters<typeof detectHistory>[1] {
  const { seed, windowDays, honestPer100k, now = Date.now() } = options;
  return {
    now,
    ...(seed === undefined ? {} : { seed }),
    ...(windowDays === undefined ? {} : { windowDays }),
    ...(honestPer100k === undefined ? {} : { honestFlaggedPer100k: honestPer100k }),
    // Logs are often of the suspicious alone, and nothing acts on a report: nothing needs to be held back.
    guardrails: {
      flaggedShareMax: 1,
      shadow: false,
      ...(store.missing.has('numbers_new') ? { ringSizeMin: ringSizeWithoutNumbers } : {}),
    },
    progress,
  };
}

function networkFiles({ asnFile, countryFile, torFile, proxyFile }: InvestigateOptions): NetworkFiles {
  return {
    ...(asnFile === undefined ? {} : { asnFile }),
    ...(countryFile === undefined ? {} : { countryFile }),
    ...(torFile === undefined ? {} : { torFile }),
    ...(proxyFile === undefined ? {} : { proxyFile }),
  };
}

/** Logs that rotate are often empty: those are passed over, unless all are. */
async function openLogs(
  engine: () => Promise<Engine>,
  files: readonly string[],
  options: { given: Mapping; only: readonly Only[]; folder: string },
  events: InvestigateEvents,
): Promise<OpenedLog[]> {
  const logs: OpenedLog[] = [];
  for (const [place, file] of files.entries()) {
    const { stdin, stop, note } = events;
    const log = await openLog(engine, file, place, { ...options, stdin, stop });
    if (log) logs.push(log);
    else if (files.length > 1) note(`${file}: empty, passed over`);
    if (log) note(columnsNote(log));
  }
  if (logs.length === 0) throw new WatchError('log_unreadable', `${files.slice(0, 3).join(', ')}: empty`);
  return logs;
}

function columnsNote({ name, sniffed, mapping, guesses, remarks }: OpenedLog): string {
  const columns = Object.entries(mapping).map(([field, column]) => {
    const guess = guesses[field as LogField];
    return `${field}=${column}${guess ? ` (${guess.why})` : ''}`;
  });
  return [`${name}: ${sniffed.format}; ${columns.join(', ')}`, ...remarks].join('; ');
}

function described(
  read: { remarks: readonly string[] },
  log: OpenedLog | undefined,
): Investigation['files'][number] {
  const { name = '', sniffed, mapping = {}, guesses = {} } = log ?? {};
  const why = Object.entries(guesses).map(([field, guess]) => [field, guess.why]);
  return {
    file: name,
    format: sniffed?.format ?? '',
    columns: mapping,
    guessed: Object.fromEntries(why),
    remarks: read.remarks,
  };
}

function rateOf(progress: (line: string) => void): (rows: number) => void {
  const started = performance.now();
  return (rows) => {
    const rate = Math.round(rows / ((performance.now() - started) / 1000));
    progress(`reading: ${rows.toLocaleString('en-US')} rows, ${rate.toLocaleString('en-US')} a second`);
  };
}

function planOf(region: string): DialPlan {
  const plan = dialPlanOf(region.toUpperCase());
  if (plan) return plan;
  throw new WatchError('option_invalid', `--region: no country is called "${region}" (GB, IN, US, …)`);
}

/** Five where five in a hundred are meant would let everything pass. */
function shareOf(maxBad: number): number {
  if (maxBad <= 1) return maxBad;
  throw new WatchError('option_invalid', `--max-bad: a share is 0 to 1 (0.05 is 5 %)`);
}

/** Reads `path=/contacts/*`. */
function parseOnly(text: string): Only {
  const at = text.indexOf('=');
  if (at < 1) throw new WatchError('option_invalid', `--only: "${text}" is not column=text`);
  return { column: text.slice(0, at), wanted: text.slice(at + 1) };
}

async function readRings(file: string): Promise<Ring[]> {
  try {
    const document = JSON.parse(await readFile(file, 'utf8')) as { rings?: Ring[] };
    if (!Array.isArray(document.rings)) throw new TypeError('no rings');
    return document.rings;
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new WatchError('option_invalid', `${file} ${isAbsent ? 'does not exist' : 'is no rings.json'}`, {
      cause,
    });
  }
}

/** Rings of earlier runs, `rings.json#id`, read before the long work begins. */
async function readProfiles(wanted: readonly string[]): Promise<RingProfile[]> {
  const rings: RingProfile[] = [];
  for (const name of wanted) {
    const at = name.lastIndexOf('#');
    if (at > 0) rings.push(pick(await readRings(name.slice(0, at)), name.slice(at + 1)));
  }
  return rings;
}

/** Rings of this run, by id, or all of them. */
function pickAll(wanted: readonly string[], found: readonly Ring[]): Ring[] {
  const own = wanted.filter((name) => name.lastIndexOf('#') <= 0);
  return own.includes('all') ? [...found] : own.map((name) => pick(found, name));
}

function pick(rings: readonly Ring[], id: string): Ring {
  const ring = rings.find((each) => each.id === id);
  if (ring) return ring;
  const known = rings.length === 0 ? 'there is none' : `there are ${rings.map((each) => each.id).join(', ')}`;
  throw new WatchError('ring_unknown', `No ring is called ${id}; ${known}`);
}

async function search(
  store: DetectStore,
  rings: readonly RingProfile[],
  { progress }: InvestigateEvents,
): Promise<WhoElse[]> {
  const searches: WhoElse[] = [];
  for (const ring of rings) {
    progress(`who else did what ${ring.id} did`);
    searches.push(await whoElse(store, ring));
  }
  return searches;
}
