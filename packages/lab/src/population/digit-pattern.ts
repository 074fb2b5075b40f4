/**
 * The patterns of numbering plans, as a tree. Plans are written in a small part of regular expressions: digits, \d,
 * classes, (?:...), alternation, {n}, {n,m} and ?. Nothing else is understood, and anything else is an error.
 */

export type DigitPattern =
  | { kind: 'digits'; allowed: readonly number[] }
  | { kind: 'sequence'; parts: readonly DigitPattern[] }
  | { kind: 'choice'; options: readonly DigitPattern[] }
  | { kind: 'repeat'; part: DigitPattern; min: number; max: number };

const anyDigit: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly code = 'pattern_not_understood';
}

/** @throws PatternError where the pattern uses more than the grammar above. */
export function parseDigitPattern(source: string): DigitPattern {
  const reader = new Reader(source);
  const pattern = reader.choice();
  if (!reader.done) reader.fail();
  return pattern;
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get done(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(): DigitPattern {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 ? (options[0] as DigitPattern) : { kind: 'choice', options };
  }

  #sequence(): DigitPattern {
    const parts: DigitPattern[] = [];
    while (!this.done && !this.#sees('|') && !this.#sees(')')) parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #atom(): DigitPattern {
    if (this.#take('\\d')) return { kind: 'digits', allowed: anyDigit };
    if (this.#take('[')) return this.#class();
    if (this.#take('(?:')) {
      const inner = this.choice();
      if (!this.#take(')')) this.fail();
      return inner;
    }
    return { kind: 'digits', allowed: [this.#digit()] };
  }

  #class(): DigitPattern {
    const allowed = new Set<number>();
    while (!this.#take(']')) {
      const from = this.#digit();
      const to = this.#take('-') ? this.#digit() : from;
      for (let digit = from; digit <= to; digit += 1) allowed.add(digit);
    }
    return { kind: 'digits', allowed: [...allowed].sort((a, b) => a - b) };
  }

  #repeated(part: DigitPattern): DigitPattern {
    if (this.#take('?')) return { kind: 'repeat', part, min: 0, max: 1 };
    if (!this.#take('{')) return part;
    const min = this.#integer();
    const max = this.#take(',') ? this.#integer() : min;
    if (!this.#take('}')) this.fail();
    return { kind: 'repeat', part, min, max };
  }

  #integer(): number {
    let text = '';
    while (/\d/.test(this.#source.charAt(this.#at))) text += this.#source.charAt(this.#at++);
    if (text === '') this.fail();
    return Number(text);
  }

  #digit(): number {
    const character = this.#source.charAt(this.#at);
    if (!/^\d$/.test(character)) this.fail();
    this.#at += 1;
    return Number(character);
  }

  #sees(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  fail(): never {
    throw new PatternError(
      `pattern not understood at ${this.#at}: ${this.#source.slice(this.#at, this.#at + 20)}`,
    );
  }
}
