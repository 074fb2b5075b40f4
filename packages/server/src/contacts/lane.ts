/** Books of this size are worth a place of their own in the line, numbers. */
const largeMin = 2_000;

/** Large books that are worked on at once: the others' syncs need connections and time too. */
const largeAtOnce = 2;

/**
 * Where syncs wait before they take a connection. A member's syncs follow each other, as its row's lock would make them
 * anyway; of large books only a few are worked on at a time, and the members who send them take turns.
 */
export class SyncLane {
  readonly #members = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, () => void>();
  #large = 0;

  async run<Result>(memberId: string, numbers: number, work: () => Promise<Result>): Promise<Result> {
    const before = this.#members.get(memberId);
    const mine = (async () => {
      await before?.catch(() => {});
      return numbers < largeMin ? work() : this.#runLarge(memberId, work);
    })();
    this.#members.set(memberId, mine);
    try {
      return await mine;
    } finally {
      if (this.#members.get(memberId) === mine) this.#members.delete(memberId);
    }
  }

  async #runLarge<Result>(memberId: string, work: () => Promise<Result>): Promise<Result> {
    // A member waits here once at most, so that first come, first served is also by turns.
    if (this.#large === largeAtOnce) await new Promise<void>((go) => this.#waiting.set(memberId, go));
    else this.#large += 1;
    try {
      return await work();
    } finally {
      this.#passOn();
    }
  }

  /** Gives the place to whoever has waited longest. */
  #passOn(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#large -= 1;
      return;
    }
    const [memberId, go] = next;
    this.#waiting.delete(memberId);
    go();
  }
}
