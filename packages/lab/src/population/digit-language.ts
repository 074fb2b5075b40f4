import { type DigitPattern, parseDigitPattern } from './digit-pattern.ts';

/** All digit strings that a pattern allows, in order: the shorter first, then by value. */
export interface DigitLanguage {
  readonly size: number;
  /** The string at a rank in [0, size). */
  at(rank: number): string;
  /** The rank of a string, or undefined when the pattern does not allow it. */
  rankOf(digits: string): number | undefined;
}

/**
 * Ranking and unranking over the deterministic automaton of the pattern (A. Bertoni, D. Bruschi and M. Goldwurm, "Ranking and
 * formal power series", 1991): each string is counted once, however many alternatives match it, so that a country's
 * numbers can be drawn evenly without listing billions of them.
 *
 * @param lengths only strings of these lengths belong.
 */
export function createDigitLanguage(source: string, lengths: readonly number[]): DigitLanguage {
  const automaton = new Automaton(parseDigitPattern(source));
  const sorted = [...lengths].sort((a, b) => a - b);
  const sizes = sorted.map((length) => automaton.count(automaton.start, length));
  const size = sizes.reduce((sum, each) => sum + each, 0);

  const at = (rank: number) => {
    let left = rank;
    for (const [index, length] of sorted.entries()) {
      const here = sizes[index] as number;
      if (left < here) return automaton.string(left, length);
      left -= here;
    }
    throw new RangeError('rank outside the language');
  };
  const rankOf = (digits: string) => {
    const index = sorted.indexOf(digits.length);
    const within = index === -1 ? undefined : automaton.rank(digits);
    if (within === undefined) return undefined;
    return sizes.slice(0, index).reduce((sum, each) => sum + each, within);
  };
  return { size, at, rankOf };
}

/** Thompson's construction, and the subset construction on demand. States of the first are integers. */
class Automaton {
  readonly #steps: { allowed: readonly number[]; to: number }[][] = [];
  readonly #skips: number[][] = [];
  readonly #accepting: number;
  readonly #sets: number[][] = [];
  readonly #setIds = new Map<string, number>();
  readonly #moves: (number | undefined)[][] = [];
  readonly #counts = new Map<number, number>();
  readonly start: number;

  constructor(pattern: DigitPattern) {
    const entry = this.#state();
    this.#accepting = this.#build(pattern, entry);
    this.start = this.#setId([entry]);
  }

  /** How many strings of exactly this length lead from a set of states to acceptance. */
  count(set: number, length: number): number {
    if (length === 0) return this.#sets[set]?.includes(this.#accepting) ? 1 : 0;
    const key = set * 64 + length;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    let sum = 0;
    for (let digit = 0; digit < 10; digit += 1) sum += this.#countAfter(set, digit, length);
    this.#counts.set(key, sum);
    return sum;
  }

  string(rank: number, length: number): string {
    let [set, left, digits] = [this.start, rank, ''];
    for (let remaining = length; remaining > 0; remaining -= 1) {
      let digit = 0;
      for (let here = this.#countAfter(set, digit, remaining); left >= here; ) {
        left -= here;
        digit += 1;
        here = this.#countAfter(set, digit, remaining);
      }
      digits += digit;
      set = this.#move(set, digit) as number;
    }
    return digits;
  }

  rank(digits: string): number | undefined {
    let [set, rank]: [number | undefined, number] = [this.start, 0];
    for (let at = 0; at < digits.length; at += 1) {
      const digit = Number(digits[at]);
      for (let lower = 0; lower < digit; lower += 1) rank += this.#countAfter(set, lower, digits.length - at);
      set = this.#move(set, digit);
      if (set === undefined) return undefined;
    }
    return this.count(set, 0) === 1 ? rank : undefined;
  }

  #countAfter(set: number, digit: number, length: number): number {
    const next = this.#move(set, digit);
    return next === undefined ? 0 : this.count(next, length - 1);
  }

  #move(set: number, digit: number): number | undefined {
    const known = this.#moves[set] as (number | undefined)[];
    if (digit in known) return known[digit];
    const targets = (this.#sets[set] as number[])
      .flatMap((state) => this.#steps[state] as { allowed: readonly number[]; to: number }[])
      .filter((step) => step.allowed.includes(digit))
      .map((step) => step.to);
    known[digit] = targets.length === 0 ? undefined : this.#setId(targets);
    return known[digit];
  }

  #setId(states: readonly number[]): number {
    const closed = new Set<number>();
    const open = [...states];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (closed.has(state)) continue;
      closed.add(state);
      open.push(...(this.#skips[state] as number[]));
    }
    const set = [...closed].sort((a, b) => a - b);
    const key = set.join();
    const id = this.#setIds.get(key) ?? this.#sets.push(set) - 1;
    this.#setIds.set(key, id);
    this.#moves[id] ??= [];
    return id;
  }

  #state(): number {
    this.#skips.push([]);
    return this.#steps.push([]) - 1;
  }

  /** Adds a pattern that begins at `from`; returns the state where it ends. */
  #build(pattern: DigitPattern, from: number): number {
    if (pattern.kind === 'digits') {
      const to = this.#state();
      this.#steps[from]?.push({ allowed: pattern.allowed, to });
      return to;
    }
    if (pattern.kind === 'sequence') return pattern.parts.reduce((at, part) => this.#build(part, at), from);
    if (pattern.kind === 'choice') return this.#buildChoice(pattern.options, from);
    return this.#buildRepeat(pattern, from);
  }

  #buildChoice(options: readonly DigitPattern[], from: number): number {
    const end = this.#state();
    for (const option of options) {
      const entry = this.#state();
      this.#skips[from]?.push(entry);
      this.#skips[this.#build(option, entry)]?.push(end);
    }
    return end;
  }

  #buildRepeat(repeat: { part: DigitPattern; min: number; max: number }, from: number): number {
    const end = this.#state();
    let at = from;
    for (let count = 0; count < repeat.max; count += 1) {
      if (count >= repeat.min) this.#skips[at]?.push(end);
      at = this.#build(repeat.part, at);
    }
    this.#skips[at]?.push(end);
    return end;
  }
}
