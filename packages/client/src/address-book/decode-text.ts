import type { ProblemList } from './problem-list.ts';

/** What Windows wrote in each region before UTF-8, and Outlook still writes; elsewhere windows-1252. */
const legacyEncodings: Readonly<Record<string, string>> = {
  'windows-1250': 'AL BA CZ HR HU ME PL RO RS SI SK',
  'windows-1251': 'BG BY KG KZ MK MN RU TJ UA UZ',
  'windows-1253': 'CY GR',
  'windows-1254': 'AZ TR',
  'windows-1255': 'IL',
  'windows-1256': 'AE BH DZ EG IQ IR JO KW LB LY MA OM PK QA SA SY TN YE',
  'windows-1257': 'EE LT LV',
  'windows-1258': 'VN',
  'windows-874': 'TH',
  shift_jis: 'JP',
  'euc-kr': 'KR',
  gbk: 'CN SG',
  big5: 'HK MO TW',
};
const sampleLength = 4096;

/** The text of a file: by its byte order mark, else UTF-16 if it looks so, else UTF-8, else the region's old set. */
export function decodeText(bytes: Uint8Array, region: string | undefined, problems: ProblemList): string {
  const utf16 = utf16Of(bytes);
  if (utf16) return decode(utf16, bytes);
  try {
    return decode('utf-8', bytes, true);
  } catch {
    problems.add('encoding_guessed', 1);
    return decode(legacyEncodingOf(region), bytes);
  }
}

/** Decodes by the name of a character set; nothing where the name is not known. */
export function decodeCharset(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}

function decode(encoding: string, bytes: Uint8Array, fatal = false): string {
  return new TextDecoder(encoding, { fatal }).decode(bytes);
}

function legacyEncodingOf(region: string | undefined): string {
  if (!region) return 'windows-1252';
  const known = Object.entries(legacyEncodings).find(([, regions]) =>
    regions.split(' ').includes(region.toUpperCase()),
  );
  return known?.[0] ?? 'windows-1252';
}

/** By the mark, or because every other byte of a text in mostly Latin letters, digits and line ends is zero. */
function utf16Of(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros: [even: number, odd: number] = [0, 0];
  const sample = bytes.subarray(0, sampleLength);
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2 === 0 ? 0 : 1] += 1;
  });
  const most = sample.length / 5;
  if (zeros[1] > most && zeros[0] < zeros[1] / 10) return 'utf-16le';
  return zeros[0] > most && zeros[1] < zeros[0] / 10 ? 'utf-16be' : undefined;
}
