import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF as a reader would copy them: strings of its pages, through the ToUnicode maps of their fonts. It knows
 * what PDFKit writes, not PDF at large.
 */
export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = fontsOf(objects);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return pages.map(({ head }) => pageText(objects, fonts, head)).join('\n');
}

interface Found {
  head: string;
  stream: string;
}

function objectsOf(pdf: Buffer): Map<number, Found> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, Found>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id, body = ''] = match;
    const at = body.indexOf('\nstream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const bytes =
      at < 0 ? Buffer.alloc(0) : Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
    const isText = !/\/Subtype \/(CIDFontType0C|OpenType)|\/Length1/.test(head);
    const stream =
      at < 0 || !isText
        ? ''
        : /FlateDecode/.test(head)
          ? inflateSync(bytes).toString('latin1')
          : bytes.toString('latin1');
    objects.set(Number(id), { head, stream });
  }
  return objects;
}

/** Glyph codes to letters, by the object number of each font. */
function fontsOf(objects: ReadonlyMap<number, Found>): Map<number, Map<number, string>> {
  const fonts = new Map<number, Map<number, string>>();
  for (const [id, { head }] of objects) {
    const [, map] = /\/ToUnicode (\d+) 0 R/.exec(head) ?? [];
    if (map) fonts.set(id, mapOf(objects.get(Number(map))!.stream));
  }
  return fonts;
}

function mapOf(cmap: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, from = '', , body = ''] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    const start = Number.parseInt(from, 16);
    [...body.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], at) => {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      letters.set(start + at, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
    });
  }
  return letters;
}

function pageText(
  objects: ReadonlyMap<number, Found>,
  fonts: ReadonlyMap<number, Map<number, string>>,
  page: string,
): string {
  const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(page)![1]))!.stream;
  const resources = objects.get(Number(/\/Resources (\d+) 0 R/.exec(page)![1]))!.head;
  const names = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, Number(id)]),
  );
  let letters = new Map<number, string>();
  let text = '';
  for (const [, font, strings] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ/g)) {
    if (font) letters = fonts.get(names.get(font)!) ?? new Map();
    else text += `${shown(strings!, letters)} `;
  }
  return text;
}

function shown(strings: string, letters: ReadonlyMap<number, string>): string {
  const codes = [...strings.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
  return codes.map((code) => letters.get(Number.parseInt(code, 16)) ?? '?').join('');
}
