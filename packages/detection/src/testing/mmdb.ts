type Value = string | number | { readonly [name: string]: Value };

/**
 * A MaxMind DB file (format 2.0, as its specification has it) in which one IPv4 network has an entry and nothing else does.
 *
 * @param network its address, and how many of the first bits count.
 */
export function mmdbOf({ address, bits }: { address: string; bits: number }, entry: Value): Buffer {
  const word = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const nothing = bits;
  const found = bits + 16;
  const nodes = Array.from({ length: bits }, (_, depth) => {
    const next = depth + 1 === bits ? found : depth + 1;
    const isOne = Math.floor(word / 2 ** (31 - depth)) % 2 === 1;
    return Buffer.concat(isOne ? [record(nothing), record(next)] : [record(next), record(nothing)]);
  });
  const metadata = {
    node_count: bits,
    record_size: 24,
    ip_version: 4,
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_790_812_800,
    database_type: 'test',
    description: { en: 'test' },
  };
  const marker = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');
  return Buffer.concat([...nodes, Buffer.alloc(16), encode(entry), marker, encode(metadata)]);
}

function record(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(value, 0, 3);
  return bytes;
}

const types = { text: 2, uint32: 6, map: 7 };

/** Values of at most 284 bytes or names. */
function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([control(types.text, text.length), text]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(types.uint32, 4), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([
    control(types.map, entries.length),
    ...entries.flatMap(([name, inner]) => [encode(name), encode(inner)]),
  ]);
}

function control(type: number, size: number): Buffer {
  const bits = type << 5;
  return size < 29 ? Buffer.from([bits | size]) : Buffer.from([bits | 29, size - 29]);
}
