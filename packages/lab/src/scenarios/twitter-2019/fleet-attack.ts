import type { KithHttp } from '@kith/client';
import type { KithRun } from './against-kith.ts';
import { type FakeAccount, fleetDevice } from './fleet.ts';

/** A bucket refills for days without overflowing, so coming back this often loses nothing. */
const comeBackDays = 3;

/** From this age on an account counts as established, and meetings with it earn budget: the fleet then saves itself. */
const establishedDays = 30;

/**
 * What a fleet that knows the rules does: each account spends all the lookups that it has, from an address that
 * changes daily, takes the next numbers off the common list, comes back when the bucket has refilled, and reads its
 * people list. Those with numbers meet each other as soon as that pays.
 */
export class FleetAttack {
  readonly #run: KithRun;
  readonly #startMs: number;
  readonly #fleetIds: ReadonlySet<string>;
  readonly #learntAtMs = new Map<string, number>();
  #fed = 0;

  constructor(run: KithRun, startMs: number) {
    this.#run = run;
    this.#startMs = startMs;
    this.#fleetIds = new Set(run.fleet.map((account) => account.id));
  }

  /** What the accounts do in a tick; each account keeps its own hour of the day. */
  actionsOf(tick: number, ticksPerDay: number): (() => Promise<void>)[] {
    const day = Math.floor(tick / ticksPerDay);
    return this.#run.fleet.flatMap((account, index) => {
      const comes = day === 0 || day === this.#run.days - 1 || (day + index) % comeBackDays === 0;
      const itsHour = tick % ticksPerDay === index % ticksPerDay;
      return comes && itsHour ? [() => this.#visit(account, index, day)] : [];
    });
  }

  async #visit(account: FakeAccount, index: number, day: number): Promise<void> {
    const me = this.#run.kith.as(account.id, fleetDevice(this.#run.seed, index, day));
    if (account.number !== undefined && day >= establishedDays && day < establishedDays + comeBackDays) {
      await this.#meetTheFleet(me);
    }
    const { lookups, waiting } = await me.budget();
    const numbers = this.#run.list.take(Math.max(0, lookups.left - waiting));
    if (numbers.length > 0) this.#fed += (await me.patchContacts({ add: numbers })).new;
    await this.#readPeople(me);
  }

  /** Two accounts that hold each other's numbers meet, and a meeting with an established member pays. */
  async #meetTheFleet(me: KithHttp): Promise<void> {
    const numbers = this.#run.fleet.flatMap(({ number }) => (number === undefined ? [] : [number]));
    await me.patchContacts({ add: numbers });
  }

  async #readPeople(me: KithHttp): Promise<void> {
    for (const person of await me.allPeople()) {
      const at = Date.parse(person.since) - this.#startMs;
      if (this.#fleetIds.has(person.id)) continue;
      this.#learntAtMs.set(
        person.id,
        Math.min(at, this.#learntAtMs.get(person.id) ?? Number.POSITIVE_INFINITY),
      );
    }
  }

  /** When each name was learnt first, ms after the beginning; every account looks a last time. */
  async namesLearnt(): Promise<ReadonlyMap<string, number>> {
    for (const [index, account] of this.#run.fleet.entries()) {
      await this.#readPeople(
        this.#run.kith.as(account.id, fleetDevice(this.#run.seed, index, this.#run.days)),
      );
    }
    return this.#learntAtMs;
  }

  /** Numbers of the list that were looked up, those that still wait left out. */
  async numbersLookedUp(): Promise<number> {
    let waiting = 0;
    for (const account of this.#run.fleet) waiting += (await this.#run.kith.as(account.id).budget()).waiting;
    return Math.max(0, this.#fed - waiting);
  }
}
