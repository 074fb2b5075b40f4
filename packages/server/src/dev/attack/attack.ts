import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@kith/detection';
import { Problem } from '@kith/protocol';
import { changeCase, createCase } from '../../cases/cases.ts';
import { readCase } from '../../cases/store.ts';
import type { Context } from '../../context.ts';
import { feedEvents } from '../../events/feed.ts';
import { sealOnce } from '../../ledger/sealer.ts';
import { eraseMember } from '../../members/members.ts';
import { watch } from '../../rings/rings.ts';
import { addMembers } from '../members.ts';
import { mulberry32 } from '../random.ts';
import type { DemoRegion } from '../region.ts';
import { livePast, send } from './past.ts';
import { type Ask, type AttackPlan, type AttackSize, planAttack, wholeAttack } from './plan.ts';

/** How the attack of the demo stands. */
export interface AttackStatus {
  state: 'none' | 'running' | 'done';
  /** In address books and batches sent. */
  progress: { done: number; of: number };
  /** Fake accounts. */
  accounts: number;
  /** Numbers that they have sent so far. */
  numbers: number;
  /** ISO 8601. */
  startedAt?: string;
  /** What went wrong, where the attack ended before its time: a stable code. */
  problem?: string;
}

interface AttackOptions {
  size?: AttackSize;
  /** At least so long in real time, so that it can be watched, ms. */
  lastsMs?: number;
}

/** The case that the demo's rings belong to. */
export const demoCase = 'demo';
const by = 'kith dev';
const askedAtOnce = 4;
/** Looks for rings when so much of the attack is over. */
const looksAt = [0.35, 0.7];

const idle: AttackStatus = { state: 'none', progress: { done: 0, of: 0 }, accounts: 0, numbers: 0 };

/**
 * The attack of 2019 against the demo town, by the very functions that answer members: accounts are made, numbers are sent and paid for,
 * the ledger records them, the event store is fed, and detection finds what it finds. Two days of it pass in
 * minutes: the time at which each call is said to happen is the story's.
 */
export class DemoAttack {
  readonly #context: Context;
  readonly #events: () => Promise<EventStore | undefined>;
  readonly #region: DemoRegion;
  readonly #options: AttackOptions;
  #life: Promise<boolean> | undefined;
  #status: AttackStatus = idle;
  #accounts: string[] = [];
  #stop = new AbortController();
  readonly #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    context: Context,
    events: () => Promise<EventStore | undefined>,
    region: DemoRegion,
    options: AttackOptions = {},
  ) {
    this.#context = context;
    this.#events = events;
    this.#region = region;
    this.#options = options;
  }

  status(): AttackStatus {
    return this.#status;
  }

  /**
   * Lets the region live through the months before, in the background; once is enough for a database.
   *
   * @returns whether it has lived to the end
   */
  live(): Promise<boolean> {
    this.#life ??= livePast(this.#context, this.#region, this.#closing.signal);
    return this.#life;
  }

  /** Begins, unless one is under way. */
  start(): void {
    if (this.#status.state === 'running') return;
    const nowMs = this.#context.now();
    const seed = randomBytes(4).readUInt32LE();
    const plan = planAttack(this.#region, {
      size: this.#options.size ?? wholeAttack,
      endMs: nowMs,
      run: `f${seed.toString(36)}`,
      random: mulberry32(seed),
    });
    this.#status = {
      state: 'running',
      progress: { done: 0, of: plan.asks.length },
      accounts: plan.accounts.length,
      numbers: 0,
      startedAt: new Date(nowMs).toISOString(),
    };
    this.#accounts.push(...plan.accounts.map(({ id }) => id));
    this.#running = this.#run(plan, this.#stop.signal).catch((error: { code?: string }) => {
      this.#status = { ...this.#status, state: 'done', problem: error.code ?? 'internal' };
    });
  }

  /** Ends it where it is. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Ends all that it does, before the service ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.stop();
    await this.#life;
  }

  /** Ends it and erases its accounts; rings and ledger stay, as they would. */
  async reset(): Promise<void> {
    await this.stop();
    for (const id of this.#accounts) {
      await eraseMember(this.#context, id).catch((error) => {
        if (!(error instanceof Problem) || error.code !== 'member_unknown') throw error;
      });
    }
    this.#accounts = [];
    this.#status = idle;
    this.#stop = new AbortController();
  }

  async #run(plan: AttackPlan, signal: AbortSignal): Promise<void> {
    await this.#life;
    if (signal.aborted) return;
    await addMembers(this.#context, plan.accounts);
    const fakes = new Set(plan.accounts.map(({ id }) => id));
    const { lastsMs = 60_000 } = this.#options;
    const began = performance.now();
    const looks = [...looksAt];
    for (let at = 0; at < plan.asks.length && !signal.aborted; at += askedAtOnce) {
      const asks = plan.asks.slice(at, at + askedAtOnce);
      await Promise.all(asks.map((ask) => send(this.#context, ask)));
      this.#sent(asks, fakes);
      const share = (at + asks.length) / plan.asks.length;
      if (looks.length > 0 && share >= looks[0]!) {
        looks.shift();
        await this.#look(fakes);
      }
      await sleep(Math.max(0, lastsMs * share - (performance.now() - began)), undefined, { signal }).catch(
        () => undefined,
      );
    }
    if (!signal.aborted) await this.#look(fakes);
    this.#status = { ...this.#status, state: 'done' };
  }

  #sent(asks: readonly Ask[], fakes: ReadonlySet<string>): void {
    const { progress, numbers } = this.#status;
    const tried = asks.filter(({ member }) => fakes.has(member)).flatMap((ask) => ask.numbers);
    this.#status = {
      ...this.#status,
      progress: { ...progress, done: progress.done + asks.length },
      numbers: numbers + tried.length,
    };
  }

  /** What the watch room does every few minutes, done now; the rings that it finds go into the case. */
  async #look(fakes: ReadonlySet<string>): Promise<void> {
    const events = await this.#events();
    if (!events) return;
    await sealAll(this.#context);
    while ((await feedEvents(this.#context, events)) > 0);
    const { rings } = await watch(this.#context, events);
    const found = rings.filter(({ members }) => members.some(({ member }) => fakes.has(member)));
    await addToCase(
      this.#context,
      found.map(({ id }) => id),
    );
  }
}

async function sealAll({ database, ledger, now }: Context): Promise<void> {
  for (;;) {
    const { more } = await sealOnce(database, ledger.keys, now());
    if (!more) return;
  }
}

/** Opens the case of the demo where it is not there yet. */
export async function openDemoCase(context: Context): Promise<void> {
  if (await readCase(context.database, demoCase)) return;
  const host = { name: 'Demo Town', contact: 'privacy@demo.example', country: 'US' };
  await createCase(context, { id: demoCase, name: 'Enumeration of the demo town', host }, by);
}

async function addToCase(context: Context, rings: readonly string[]): Promise<void> {
  if (rings.length === 0) return;
  await openDemoCase(context);
  const noticedAt = new Date(context.now()).toISOString();
  const noticed = (await readCase(context.database, demoCase))?.noticedAt;
  await changeCase(context, demoCase, { addRings: [...rings], ...(!noticed && { noticedAt }) }, by);
}
