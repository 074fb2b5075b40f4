import { decodeCharset } from '../decode-text.ts';
import type { ProblemList } from '../problem-list.ts';
import type { Property } from './property.ts';

const escaped = /\\([\\,;:nN])/g;
const quotedByte = /^[0-9A-Fa-f]{2}$/;

/** The value as text: decoded from quoted-printable (RFC 2045 6.7) and its character set, escapes still in it. */
export function decodeValue(property: Property, line: number, problems: ProblemList): string {
  const encoding = property.parameters.get('ENCODING')?.toUpperCase();
  if (encoding !== 'QUOTED-PRINTABLE') return property.value;
  const charset = property.parameters.get('CHARSET') ?? 'utf-8';
  return decodeQuotedPrintable(property.value, (bytes) => {
    const text = decodeCharset(bytes, charset);
    if (text === undefined) problems.add('charset_unknown', line);
    return text ?? decodeCharset(bytes, 'utf-8') ?? '';
  });
}

/** Without backslashes (RFC 6350 3.4); a line end becomes a space. */
export function unescapeText(text: string): string {
  return text.replace(escaped, (_, character: string) => (/n/i.test(character) ? ' ' : character)).trim();
}

/** The components of a structured value such as N, split at semicolons that are not escaped. */
export function components(value: string): string[] {
  const parts = [''];
  for (const piece of value.split(/(\\.|;)/s)) {
    if (piece === ';') parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts.map(unescapeText);
}

/** Runs of bytes are decoded together, because a letter may take several; text between them stays. */
function decodeQuotedPrintable(value: string, decode: (bytes: Uint8Array) => string): string {
  const texts: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) texts.push(decode(Uint8Array.from(bytes)));
    bytes = [];
  };
  let at = 0;
  while (at < value.length) {
    const hex = value[at] === '=' ? value.slice(at + 1, at + 3) : '';
    if (quotedByte.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 3;
      continue;
    }
    const code = value.charCodeAt(at);
    if (code < 0x80) bytes.push(code);
    else {
      flush();
      texts.push(value[at]!);
    }
    at += 1;
  }
  flush();
  return texts.join('');
}
