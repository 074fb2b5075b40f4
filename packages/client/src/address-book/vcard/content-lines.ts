/** One property of a card, its folded lines joined, and the line where it begins. */
export interface ContentLine {
  readonly line: number;
  readonly text: string;
}

const quotedPrintable = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE *[;:]/i;
const base64 = /^[^:]*;(?:ENCODING=)?(?:BASE64|B) *[;:]/i;
const version21 = /^VERSION *: *2\.1 *$/i;
const cardEnd = /^END *: *VCARD *$/i;

/**
 * The content lines of vCards (RFC 6350 3.2, RFC 2425 5.8.1, vCard 2.1 section 2.1.3): lines that begin with
 * white space go on with the line before; in 2.1 that white space counts, and quoted-printable text goes on after
 * a line that ends in an equals sign. Base64 that was not folded is taken as if it were, and empty lines are
 * passed over.
 */
export function* contentLines(text: string): Generator<ContentLine> {
  let open: OpenLine | undefined;
  let spaceCounts = false;
  for (const { line, text: physical } of physicalLines(text)) {
    if (open && continues(open, physical)) {
      open.add(physical, spaceCounts);
      continue;
    }
    if (physical.trim() === '') continue;
    if (open) yield open.close();
    if (version21.test(physical)) spaceCounts = true;
    else if (cardEnd.test(physical)) spaceCounts = false;
    open = new OpenLine(line, physical);
  }
  if (open) yield open.close();
}

class OpenLine {
  readonly line: number;
  readonly isBase64: boolean;
  readonly #isQuotedPrintable: boolean;
  readonly #parts: string[];

  constructor(line: number, text: string) {
    this.line = line;
    this.isBase64 = base64.test(text);
    this.#isQuotedPrintable = quotedPrintable.test(text);
    this.#parts = [text];
  }

  /** Whether quoted-printable text goes on in the next line. */
  get endsSoft(): boolean {
    return this.#isQuotedPrintable && this.#parts.at(-1)!.trimEnd().endsWith('=');
  }

  add(text: string, spaceCounts: boolean): void {
    if (this.endsSoft) {
      const soft = this.#parts.pop()!.trimEnd();
      this.#parts.push(soft.slice(0, -1), text);
    } else if (!this.isBase64) {
      this.#parts.push(spaceCounts ? text : text.slice(1));
    }
  }

  close(): ContentLine {
    return { line: this.line, text: this.#parts.join('') };
  }
}

function continues(open: OpenLine, physical: string): boolean {
  if (open.endsSoft) return !cardEnd.test(physical);
  if (physical.startsWith(' ') || physical.startsWith('\t')) return true;
  return open.isBase64 && physical !== '' && !physical.includes(':');
}

/** Lines end in CRLF, LF or CR, or in the CR CR LF of files that went through two systems, and count from 1. */
export function* physicalLines(text: string): Generator<ContentLine> {
  const end = /\r?\r?\n|\r/g;
  let start = 0;
  let line = 1;
  for (let match = end.exec(text); match; match = end.exec(text)) {
    yield { line, text: text.slice(start, match.index) };
    start = end.lastIndex;
    line += 1;
  }
  if (start < text.length) yield { line, text: text.slice(start) };
}
