import type { EventStore } from '@kith/detection';
import { Problem } from '@kith/protocol';
import type { AccountsQuery, RingAccount } from '@kith/protocol/study';
import type { Context } from '../context.ts';
import { activeAmong, figuresOf, noFigures } from './figures.ts';
import { placeOf } from './read.ts';
import { type MemberCard, readCards, readRing, readRingMembers } from './store.ts';

/** So long a table is kept as it was read: whoever scrolls through it reads one. */
const keptMs = 15_000;
const tablesKept = 4;

/** Tables of rings as they were read last; those of large rings take a second to put together. */
export class RingTables {
  readonly #tables = new Map<string, { until: number; version: string; rows: Promise<RingAccount[]> }>();
  readonly #context: Context;
  readonly #events: () => Promise<EventStore | undefined>;

  constructor(context: Context, events: () => Promise<EventStore | undefined>) {
    this.#context = context;
    this.#events = events;
  }

  /** @throws Problem `ring_unknown`, `query_invalid` */
  async page(ringId: string, query: AccountsQuery) {
    const from = placeOf(query.after);
    const rows = arrange(await this.#active(await this.#rows(ringId), query), query);
    const accounts = rows.slice(from, from + query.limit);
    const next = from + accounts.length < rows.length ? String(from + accounts.length) : undefined;
    return { accounts, total: rows.length, ...(next && { next }) };
  }

  async #active(rows: RingAccount[], { from, to }: AccountsQuery): Promise<RingAccount[]> {
    if (from === undefined && to === undefined) return rows;
    const sources = { database: this.#context.database, events: await this.#events() };
    const span = {
      from: Date.parse(from ?? '1970-01-01'),
      to: to ? Date.parse(to) : this.#context.now() + 1,
    };
    const ids = rows.map(({ member }) => member);
    const active = await activeAmong(sources, ids, span);
    return rows.filter(({ member }) => active.has(member));
  }

  async #rows(ringId: string): Promise<RingAccount[]> {
    const ring = await readRing(this.#context.database, ringId);
    if (!ring) throw new Problem('ring_unknown');
    const version = `${ring.updatedAt.getTime()} ${ring.state}`;
    const known = this.#tables.get(ringId);
    if (known && known.until > performance.now() && known.version === version) return known.rows;
    const rows = this.#read(ringId);
    this.#tables.delete(ringId);
    this.#tables.set(ringId, { until: performance.now() + keptMs, version, rows });
    for (const oldest of this.#tables.keys()) {
      if (this.#tables.size <= tablesKept) break;
      this.#tables.delete(oldest);
    }
    rows.catch(() => this.#tables.delete(ringId));
    return rows;
  }

  async #read(ringId: string): Promise<RingAccount[]> {
    const { database } = this.#context;
    const members = await readRingMembers(database, ringId);
    const ids = members.map(({ member }) => member);
    const cards = await readCards(database, ids);
    const figures = await figuresOf({ database, events: await this.#events() }, ids);
    return members.map((member) => ({
      ...member,
      ...noFigures,
      ...figures.get(member.member),
      ...stateOf(cards.get(member.member)),
    }));
  }
}

function stateOf(card: MemberCard | undefined): Pick<RingAccount, 'name' | 'state' | 'createdAt'> {
  if (!card) return { name: '', state: 'erased' };
  const { name, suspended, createdAt } = card;
  return { name, state: suspended ? 'suspended' : 'active', createdAt: createdAt.toISOString() };
}

/** Those that the text speaks of, in the order asked for; ids decide between equals, so that pages fit together. */
export function arrange(
  rows: readonly RingAccount[],
  { sort, order, q }: Pick<AccountsQuery, 'sort' | 'order' | 'q'>,
): RingAccount[] {
  const text = q?.trim().toLowerCase();
  const chosen = text ? rows.filter((row) => says(row, text)) : [...rows];
  const sign = order === 'asc' ? 1 : -1;
  return chosen.sort((a, b) => sign * compare(a[sort] ?? '', b[sort] ?? '') || compare(a.member, b.member));
}

function says(row: RingAccount, text: string): boolean {
  return [row.member, row.name, row.country, row.operator].some((part) => part.toLowerCase().includes(text));
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
