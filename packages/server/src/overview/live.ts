import type { EventStore } from '@kith/detection';
import type { Overview } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { readOverview } from './overview.ts';
import { readVersions, type Version } from './store.ts';

export interface Change {
  what: 'ring' | 'action' | 'case';
  id: string;
}

/** One who is told: what is happening, and what has changed since. */
export interface Listener {
  overview(overview: Overview): void;
  changed(change: Change): void;
}

/** At least so often somebody who listens hears something. */
const silenceMsMax = 15_000;
/** More changes at once are told by the overview alone. */
const changesMax = 100;

/** The overview is worked out once, however many look, and at most so often. */
export class LiveOverview {
  readonly #context: Context;
  readonly #events: () => Promise<EventStore | undefined>;
  readonly #everyMs: number;
  readonly #listeners = new Set<Listener>();
  #newest: { at: number; overview: Promise<Overview> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #told: { at: number; text: string } = { at: 0, text: '' };
  #versions: Map<string, string> | undefined;

  constructor(context: Context, events: () => Promise<EventStore | undefined>, everyMs = 2_000) {
    this.#context = context;
    this.#events = events;
    this.#everyMs = everyMs;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  current(): Promise<Overview> {
    const now = performance.now();
    if (this.#newest && now - this.#newest.at < this.#everyMs) return this.#newest.overview;
    const overview = this.#events().then((events) => readOverview(this.#context, events));
    this.#newest = { at: now, overview };
    overview.catch(() => {
      this.#newest = undefined;
    });
    return overview;
  }

  /** @returns what ends it */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setTimeout(() => this.#turn(), this.#everyMs);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  /** One turn after the other, for as long as somebody listens: a slow database is not asked twice at once. */
  async #turn(): Promise<void> {
    try {
      await this.#tellChanges();
      await this.#tellOverview();
    } catch {
      // The database is away: listeners hear from it again when it is back.
    }
    this.#timer = undefined;
    if (this.#listeners.size > 0) this.#timer = setTimeout(() => this.#turn(), this.#everyMs);
    else this.#versions = undefined;
  }

  async #tellOverview(): Promise<void> {
    const overview = await this.current();
    const text = JSON.stringify({ ...overview, now: '' });
    const at = performance.now();
    if (text === this.#told.text && at - this.#told.at < silenceMsMax) return;
    this.#told = { at, text };
    for (const listener of this.#listeners) listener.overview(overview);
  }

  async #tellChanges(): Promise<void> {
    const read = Object.entries(await readVersions(this.#context.database)) as [Change['what'], Version[]][];
    const versions = new Map(
      read.flatMap(([what, all]) => all.map(({ id, version }) => [`${what} ${id}`, version] as const)),
    );
    const before = this.#versions;
    this.#versions = versions;
    if (!before) return;
    const changes = [...versions].filter(([key, version]) => before.get(key) !== version);
    for (const [key] of changes.slice(0, changesMax)) {
      const [what = '', ...id] = key.split(' ');
      const change = { what: what as Change['what'], id: id.join(' ') };
      for (const listener of this.#listeners) listener.changed(change);
    }
  }
}
