import { dayMs } from '../../harness/clock.ts';
import { hashOf } from '../../population/random.ts';
import type { KithRun } from './against-kith.ts';
import { type HonestMember, seenAt, type Wish } from './crowd.ts';

/** Apps send the whole book again now and then. */
const syncAgainDays = 7;

/** What honest members do meanwhile: join, send their whole book, send it again every week. */
export class HonestLife {
  readonly #run: KithRun;
  readonly #startMs: number;
  readonly #waited = new Set<number>();
  readonly #foundAtMs = new Map<Wish, number>();

  constructor(run: KithRun, startMs: number) {
    this.#run = run;
    this.#startMs = startMs;
  }

  /** Members who ever had numbers waiting for budget. */
  get waits(): number {
    return this.#waited.size;
  }

  /** Syncs that fall due in a tick. */
  actionsOf(tick: number, tickMs: number): (() => Promise<void>)[] {
    return this.#run.crowd
      .filter((member) => {
        const sinceJoining = tick * tickMs - member.joinsAtMs;
        return sinceJoining >= 0 && sinceJoining % (syncAgainDays * dayMs) === 0;
      })
      .map((member) => () => this.#sync(member));
  }

  async #sync(member: HonestMember): Promise<void> {
    const answer = await this.#client(member).putContacts({ numbers: member.book });
    if (answer.waiting > 0) this.#waited.add(member.index);
  }

  /** Those who could have found someone and have not yet look at their people lists. */
  async look(): Promise<void> {
    const now = this.#run.kith.clock.now() - this.#startMs;
    const waiting = Map.groupBy(
      this.#run.wishes.filter((wish) => wish.dueAtMs <= now && !this.#foundAtMs.has(wish)),
      (wish) => wish.viewer,
    );
    for (const [viewer, wishes] of waiting) {
      const seen = seenAt(await this.#client(viewer).allPeople(), this.#startMs);
      for (const wish of wishes) {
        const at = seen.get(wish.subjectId);
        if (at !== undefined) this.#foundAtMs.set(wish, at);
      }
    }
  }

  /** When a viewer was shown a subject, ms after the beginning; undefined: not so far. */
  foundAt(wish: Wish): number | undefined {
    return this.#foundAtMs.get(wish);
  }

  #client({ id, index }: HonestMember) {
    const hash = hashOf(this.#run.seed, index, 31);
    return this.#run.kith.as(id, {
      address: `88.${hash & 127}.${(hash >> 8) & 255}.${1 + ((hash >> 16) % 250)}`,
      deviceId: hashOf(this.#run.seed, index, 32).toString(16).padStart(32, '0'),
      client: 'App/7.1 (iPhone; iOS 26)',
    });
  }
}
