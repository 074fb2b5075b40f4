import type { ProblemList } from '../problem-list.ts';

/** One record, and the line where it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Delimiter-separated records as RFC 4180 has them: fields may be quoted, a quote inside is doubled, and quoted
 * fields may hold delimiters and line ends. Lines end in CRLF, LF or CR; empty ones are no records. What departs
 * from that is read as far as it can be, and told with line and column.
 * Reading begins at `start`.
 */
export function readDelimited(text: string, delimiter: string, problems: ProblemList, start = 0): Row[] {
  return new DelimitedReader(text, delimiter, problems, start).rows();
}

class DelimitedReader {
  readonly #text: string;
  readonly #delimiter: string;
  readonly #problems: ProblemList;
  #at: number;
  #line = 1;
  #lineStart = 0;
  /** Set by a quote that never closes: reading on from it a second time keeps the whole linear. */
  #quotesAreText = false;

  constructor(text: string, delimiter: string, problems: ProblemList, start: number) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#problems = problems;
    this.#at = start;
    this.#countLines(text.slice(0, start), 0);
  }

  rows(): Row[] {
    const rows: Row[] = [];
    while (this.#at < this.#text.length) {
      if (this.#skipLineEnd()) continue;
      rows.push({ line: this.#line, cells: this.#record() });
      this.#skipLineEnd();
    }
    return rows;
  }

  #record(): string[] {
    const cells = [this.#field()];
    while (this.#text[this.#at] === this.#delimiter) {
      this.#at += 1;
      cells.push(this.#field());
    }
    return cells;
  }

  #field(): string {
    if (this.#text[this.#at] !== '"' || this.#quotesAreText) return this.#bare();
    const quoted = this.#quoted();
    if (quoted === undefined) return this.#bare();
    if (this.#atFieldEnd()) return quoted;
    this.#tell('text_after_quote');
    return quoted + this.#bare(true);
  }

  #bare(isTold = false): string {
    const start = this.#at;
    let told = isTold || this.#quotesAreText;
    while (!this.#atFieldEnd()) {
      if (this.#text[this.#at] === '"' && !told) {
        this.#tell('quote_in_field');
        told = true;
      }
      this.#at += 1;
    }
    return this.#text.slice(start, this.#at);
  }

  /** From the opening quote past the closing one; nothing, and back at the start, where none closes. */
  #quoted(): string | undefined {
    const start = this.#at + 1;
    let close = this.#text.indexOf('"', start);
    while (close >= 0 && this.#text[close + 1] === '"') close = this.#text.indexOf('"', close + 2);
    if (close < 0) {
      this.#tell('quote_not_closed');
      this.#quotesAreText = true;
      return undefined;
    }
    const content = this.#text.slice(start, close);
    this.#at = close + 1;
    this.#countLines(content, start);
    return content.replaceAll('""', '"');
  }

  #countLines(content: string, start: number): void {
    for (const lineEnd of content.matchAll(/\r\n|\n|\r/g)) {
      this.#line += 1;
      this.#lineStart = start + lineEnd.index + lineEnd[0].length;
    }
  }

  #atFieldEnd(): boolean {
    const character = this.#text[this.#at];
    return (
      character === undefined || character === this.#delimiter || character === '\n' || character === '\r'
    );
  }

  #skipLineEnd(): boolean {
    const character = this.#text[this.#at];
    if (character !== '\n' && character !== '\r') return false;
    this.#at += character === '\r' && this.#text[this.#at + 1] === '\n' ? 2 : 1;
    this.#line += 1;
    this.#lineStart = this.#at;
    return true;
  }

  #tell(code: 'text_after_quote' | 'quote_in_field' | 'quote_not_closed'): void {
    this.#problems.add(code, this.#line, this.#at - this.#lineStart + 1);
  }
}
