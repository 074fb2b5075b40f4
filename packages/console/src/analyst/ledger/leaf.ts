/** What the bytes of a leaf say; they are netstrings, `<bytes>:<text>,`, with `-,` for nothing. */
export interface Leaf {
  member: string;
  id: string;
  /** Microseconds since 1970, in decimal. */
  at: string;
  kind: string;
  other: string | null;
  body: string;
}

const domain = 'kith/ledger/entry/v1';

/** @returns undefined where the bytes are no entry of a ledger */
export function readLeaf(bytes: Uint8Array): Leaf | undefined {
  const fields = fieldsOf(bytes);
  if (fields?.length !== 8 || fields[0] !== domain) return undefined;
  const [, member, id, at, kind, other = null, body] = fields;
  if (member == null || id == null || at == null || kind == null || body == null) return undefined;
  return { member, id, at, kind, other, body };
}

function fieldsOf(bytes: Uint8Array): (string | null)[] | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const fields: (string | null)[] = [];
  let at = 0;
  while (at < bytes.length) {
    const field = fieldAt(bytes, at, decoder);
    if (!field) return undefined;
    fields.push(field.text);
    at = field.end;
  }
  return fields;
}

function fieldAt(
  bytes: Uint8Array,
  at: number,
  decoder: TextDecoder,
): { text: string | null; end: number } | undefined {
  const [none, colon, comma] = [0x2d, 0x3a, 0x2c];
  if (bytes[at] === none) return bytes[at + 1] === comma ? { text: null, end: at + 2 } : undefined;
  const start = bytes.indexOf(colon, at) + 1;
  const digits = decoder.decode(bytes.subarray(at, Math.max(at, start - 1)));
  const end = start + Number(digits);
  if (start === 0 || !/^\d{1,9}$/.test(digits) || bytes[end] !== comma) return undefined;
  return { text: decoder.decode(bytes.subarray(start, end)), end: end + 1 };
}
