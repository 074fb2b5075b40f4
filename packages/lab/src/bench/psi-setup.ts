import { randomBytes } from 'node:crypto';

/*
 * Setup messages of @openmined/psi.js for as many members as one likes, in its own encoding (psi.proto): the elements of
 * strangers are random, since those of real ones are encrypted under the server's key and look random too. Encrypting
 * a million takes the peer half an hour.
 */

/** `ServerSetup { raw = 1: { encrypted_elements = 1, repeated } }`, sorted, around the real elements of a small one. */
export function growRawSetup(small: Uint8Array, members: number): Uint8Array {
  const elements = readElements(small);
  while (elements.length < members) {
    const element = randomBytes(33);
    // A compressed point: 2 or 3, and the x coordinate.
    element[0] = 2 + (element[0]! & 1);
    elements.push(element);
  }
  elements.sort(Buffer.compare);
  return field(1, Buffer.concat(elements.map((element) => field(1, element))));
}

function readElements(setup: Uint8Array): Buffer[] {
  const bytes = Buffer.from(setup);
  const elements: Buffer[] = [];
  let at = readVarint(bytes, 1).next;
  while (at < bytes.length) {
    const { value, next } = readVarint(bytes, at + 1);
    elements.push(bytes.subarray(next, next + value));
    at = next + value;
  }
  return elements;
}

/** Bits of a remainder in the compressed set, as the peer chooses them for its own example. */
const remainderBits = 20;

/**
 * `ServerSetup { gcs = 2: { div = 1, hash_range = 2, bits = 3 } }`: a Golomb compressed set of random values. Nobody is
 * found in it; it is as long, and takes as long to search, as that of so many members.
 */
export function randomGcsSetup(members: number, contacts: number, falsePositives: number): Uint8Array {
  const range = (Math.max(members, contacts) * contacts) / falsePositives;
  const values = Float64Array.from({ length: members }, () => Math.floor(Math.random() * range)).sort();
  const bits = Buffer.alloc(members * 4);
  let length = 0;
  const put = (bit: number) => {
    if (bit === 1) bits[length >> 3]! |= 1 << (length & 7);
    length += 1;
  };
  let before = 0;
  for (const value of values) {
    const gap = value - before;
    before = value;
    for (let quotient = Math.floor(gap / 2 ** remainderBits); quotient > 0; quotient -= 1) put(0);
    put(1);
    for (let bit = 0; bit < remainderBits; bit += 1) put((gap >> bit) & 1);
  }
  const info = [
    Buffer.from([0x08]),
    varint(remainderBits),
    Buffer.from([0x10]),
    varint(range),
    field(3, bits.subarray(0, Math.ceil(length / 8))),
  ];
  return field(2, Buffer.concat(info));
}

/** A length-delimited field of Protocol Buffers. */
function field(number: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([number * 8 + 2]), varint(value.length), value]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return Buffer.from([...bytes, left]);
}

function readVarint(bytes: Buffer, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, scale = 1; ; at += 1, scale *= 128) {
    value += (bytes[at]! & 127) * scale;
    if (bytes[at]! < 128) return { value, next: at + 1 };
  }
}
