/** Runs one piece of work after the other, in the order in which they were given. */
export class TakeTurns {
  #last: Promise<unknown> = Promise.resolve();

  async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#last;
    const mine = before.then(() => {
      if (signal?.aborted) throw signal.reason;
      return work();
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
