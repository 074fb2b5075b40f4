import { createHash } from 'node:crypto';

/** A form in which a number could be found in bytes, by name. */
export interface NumberForm {
  name: string;
  bytes: Buffer;
}

const digests = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'blake2b512',
  'ripemd160',
];

/** Ways to write `+<country><national>` as text. */
function texts(number: string, countryDigits: number): Map<string, string> {
  const digits = number.slice(1);
  const national = digits.slice(countryDigits);
  return new Map([
    ['E.164', number],
    ['digits', digits],
    ['00 and digits', `00${digits}`],
    ['national digits', national],
    ['0 and national digits', `0${national}`],
    ['percent-encoded', `%2B${digits}`],
    ['tel: address', `tel:${number}`],
  ]);
}

/**
 * Every form that the tests look for: plain, hexadecimal, base64 at each of its three alignments, UTF-16, decimal-coded
 * binary, as an integer, and the common hashes of all texts in raw, hexadecimal and base64 form.
 *
 * @param countryDigits digits of the calling code
 */
export function numberForms(number: string, countryDigits: number): NumberForm[] {
  const forms: NumberForm[] = integers(number);
  for (const [text, value] of texts(number, countryDigits)) {
    const plain = Buffer.from(value);
    forms.push(...encodings(text, plain));
    forms.push({ name: `${text}, UTF-16`, bytes: Buffer.from(value, 'utf16le') });
    for (const digest of digests) {
      const hash = createHash(digest).update(plain).digest();
      // Half a hash is as good as a whole one to whoever looks for it.
      forms.push(...encodings(`half of ${digest} of ${text}`, hash.subarray(0, hash.length >> 1)));
    }
  }
  return forms;
}

function encodings(name: string, bytes: Buffer): NumberForm[] {
  const hex = bytes.toString('hex');
  return [
    { name, bytes },
    { name: `${name}, hex`, bytes: Buffer.from(hex) },
    { name: `${name}, HEX`, bytes: Buffer.from(hex.toUpperCase()) },
    ...[0, 1, 2].flatMap((shift) => base64At(name, bytes, shift)),
  ];
}

/** The part of a base64 text that does not depend on what stands before and behind. */
function base64At(name: string, bytes: Buffer, shift: number): NumberForm[] {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const certain = text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
  const url = certain.replaceAll('+', '-').replaceAll('/', '_');
  return [...new Set([certain, url])].map((form) => ({
    name: `${name}, base64 at ${shift}`,
    bytes: Buffer.from(form),
  }));
}

function integers(number: string): NumberForm[] {
  const big = Buffer.alloc(8);
  big.writeBigUInt64BE(BigInt(number.slice(1)));
  const digits = number.slice(1);
  const packed = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  // The leading zeros may be left out.
  const short = big.subarray(big.findIndex((byte) => byte !== 0));
  return [
    { name: 'integer, big-endian', bytes: short },
    { name: 'integer, little-endian', bytes: Buffer.from(short).reverse() },
    { name: 'decimal-coded binary', bytes: packed },
  ];
}

/** The names of the forms of any of `numbers` that occur in `bytes`. */
export function formsIn(bytes: Buffer, numbers: readonly string[], countryDigits: number): string[] {
  return numbers.flatMap((number, at) =>
    numberForms(number, countryDigits)
      .filter((form) => bytes.includes(form.bytes))
      .map((form) => `number ${at}: ${form.name}`),
  );
}
