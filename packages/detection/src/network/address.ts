/** An address as numbers: IPv4 in one word, IPv6 in four words of 32 bits, highest first. */
export type Address =
  | { version: 4; word: number }
  | { version: 6; words: readonly [number, number, number, number] };

/**
 * Parses an IPv4 or IPv6 address as logs write them: brackets and zone ids are dropped, and an IPv4 address inside
 * IPv6 (`::ffff:a.b.c.d`, RFC 4291 2.5.5.2; `64:ff9b::/96`, RFC 6052) is the IPv4 address.
 *
 * @returns the address, or undefined where the text is none.
 */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const word = parseV4(text);
    return word === undefined ? undefined : { version: 4, word };
  }
  const words = parseV6(bare(text));
  if (!words) return undefined;
  const [a, b, c, d] = words;
  const mapped = a === 0 && b === 0 && c === 0xffff;
  const translated = a === 0x0064ff9b && b === 0 && c === 0;
  return mapped || translated ? { version: 4, word: d } : { version: 6, words };
}

/**
 * The /24 (IPv4) or /48 (IPv6) that an address lies in, as text: `203.0.113.0/24`, `2001:db8:1::/48`. One household or
 * one office seldom holds more than one of them, one rented server never needs to.
 *
 * @returns the prefix, or '' where the text is no address.
 */
export function addressPrefix(text: string): string {
  const address = parseAddress(text);
  if (!address) return '';
  if (address.version === 4) {
    const { word } = address;
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.0/24`;
  }
  const [high, next] = address.words;
  const groups = [high >>> 16, high & 0xffff, next >>> 16];
  while (groups.length > 0 && groups.at(-1) === 0) groups.pop();
  return `${groups.map((group) => group.toString(16)).join(':')}::/48`;
}

/** Whether an address can be seen from the public internet (RFC 6890); any other has neither country nor operator. */
export function isPublic(address: Address): boolean {
  return address.version === 4 ? isPublicV4(address.word) : isPublicV6(address.words[0]);
}

const reservedV4: readonly (readonly [base: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
const reservedWords = reservedV4.map(([base, bits]) => ({ word: parseV4(base) ?? 0, shift: 32 - bits }));

function isPublicV4(word: number): boolean {
  return !reservedWords.some((range) => word >>> range.shift === range.word >>> range.shift);
}

function isPublicV6(high: number): boolean {
  const globalUnicast = high >>> 29 === 1;
  return globalUnicast && high !== 0x20010db8;
}

function bare(text: string): string {
  const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const zone = inside.indexOf('%');
  return zone === -1 ? inside : inside.slice(0, zone);
}

function parseV4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let word = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte > 255) return undefined;
    word = word * 256 + byte;
  }
  return word;
}

function parseV6(text: string): [number, number, number, number] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(Math.max(missing, 0)).fill(0), ...tail];
  const word = (index: number): number =>
    (((groups[index * 2] ?? 0) << 16) | (groups[index * 2 + 1] ?? 0)) >>> 0;
  return [word(0), word(1), word(2), word(3)];
}

function groupsOf(half: string): number[] | undefined {
  if (half === '') return [];
  const groups: number[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const embedded = index === parts.length - 1 ? parseV4(part) : undefined;
    if (embedded === undefined) return undefined;
    groups.push(embedded >>> 16, embedded & 0xffff);
  }
  return groups;
}
