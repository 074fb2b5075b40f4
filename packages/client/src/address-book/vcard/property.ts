/** A property of a card: `[group.]NAME[;parameter...]:value`. */
export interface Property {
  /** In capitals, without its group. */
  readonly name: string;
  /** By name in capitals; vCard 2.1 may leave the name away, and then it is told from the value. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

const encodings = /^(?:QUOTED-PRINTABLE|BASE64|B|8BIT|7BIT)$/i;

/** Nothing where the line has no colon. */
export function parseProperty(text: string): Property | undefined {
  const colon = colonOf(text);
  if (colon < 0) return undefined;
  const [name = '', ...parameters] = splitOutsideQuotes(text.slice(0, colon));
  return {
    name: name
      .slice(name.lastIndexOf('.') + 1)
      .trim()
      .toUpperCase(),
    parameters: new Map(parameters.map(parseParameter)),
    value: text.slice(colon + 1),
  };
}

/** The first colon outside quotes, since parameter values may be quoted; the very first if a quote never closes. */
function colonOf(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (character === ':' && !quoted) return at;
  }
  return text.indexOf(':');
}

function splitOutsideQuotes(header: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < header.length; at += 1) {
    if (header[at] === '"') quoted = !quoted;
    if (header[at] !== ';' || quoted) continue;
    parts.push(header.slice(start, at));
    start = at + 1;
  }
  parts.push(header.slice(start));
  return parts;
}

function parseParameter(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 0) return [encodings.test(text.trim()) ? 'ENCODING' : 'TYPE', text.trim()];
  const value = text.slice(equals + 1).trim();
  return [text.slice(0, equals).trim().toUpperCase(), value.replaceAll('"', '')];
}
