import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { parseAddress } from './address.ts';
import { RangeTable } from './ranges.ts';

const comma = 0x2c;
const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Lines parsed before others get a turn: about 3 ms, so that a service that is starting still answers. */
const linesPerTurn = 4096;

/**
 * Reads tables of `start,end,asn,operator` as `@ip-location-db/asn` publishes them, IPv4 with numeric bounds and IPv6 with
 * textual ones. Bytes are parsed as they lie: half a million strings would cost more than the answer.
 *
 * @param v4 CSV with IPv4 bounds as numbers, ascending.
 * @param v6 CSV with IPv6 bounds as text, ascending.
 */
export async function parseAsnTables(v4: Uint8Array, v6: Uint8Array): Promise<RangeTable> {
  const table = new RangeTable();
  await eachLine(v4, (line) => {
    const start = line.number();
    const end = line.number();
    table.addV4(start, end, line.number(), () => line.rest());
  });
  await eachLine(v6, (line) => {
    const start = parseAddress(line.text());
    const end = parseAddress(line.text());
    if (start?.version !== 6 || end?.version !== 6) return;
    const asn = line.number();
    table.addV6([start.words[0], start.words[1]], [end.words[0], end.words[1]], asn, () => line.rest());
  });
  return table;
}

async function eachLine(bytes: Uint8Array, visit: (line: Line) => void): Promise<void> {
  const line = new Line(bytes);
  for (let count = 1; line.next(); count++) {
    visit(line);
    if (count % linesPerTurn === 0) await yieldToOthers();
  }
}

/** A cursor over the fields of one CSV line after the other. */
class Line {
  readonly #bytes: Uint8Array;
  #at = 0;
  #end = -1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): boolean {
    this.#at = this.#end + 1;
    if (this.#at >= this.#bytes.length) return false;
    const found = this.#bytes.indexOf(newline, this.#at);
    this.#end = found === -1 ? this.#bytes.length : found;
    return true;
  }

  number(): number {
    let value = 0;
    while (this.#at < this.#end) {
      const byte = this.#bytes[this.#at++] ?? comma;
      if (byte === comma) break;
      value = value * 10 + (byte - 0x30);
    }
    return value;
  }

  text(): string {
    const from = this.#at;
    while (this.#at < this.#end && this.#bytes[this.#at] !== comma) this.#at++;
    return decode(this.#bytes, from, this.#at++);
  }

  /** The last field: quoted where it holds a comma. */
  rest(): string {
    let from = this.#at;
    let to = this.#end;
    if (this.#bytes[to - 1] === carriageReturn) to--;
    if (this.#bytes[from] !== quote) return decode(this.#bytes, from, to);
    from++;
    to--;
    return decode(this.#bytes, from, to).replaceAll('""', '"');
  }
}

const decoder = new TextDecoder();

function decode(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}
