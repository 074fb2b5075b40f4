import { directionOf, hasRightToLeft, visualRuns } from './bidi.ts';

interface Place {
  x: number;
  /** Default: where the document has come to. */
  y?: number;
  width: number;
  lineGap?: number;
  align?: 'left' | 'right';
}

type Document = PDFKit.PDFDocument;

/**
 * PDFKit shapes each word and turns it round where its letters ask for it, but lets words follow each other from left to
 * right; and a word of 100,000 letters takes it minutes. Lines of such text are broken and put in order here.
 */
const isOurs = (text: string): boolean => hasRightToLeft(text) || /\S{250}/.test(text);

/**
 * Writes text in the font that is set.
 *
 * @param makeRoom called before each such line with its height, in points: it may go on to the next page
 */
export function writeText(
  doc: Document,
  text: string,
  place: Place,
  makeRoom: (height: number) => void,
): void {
  const { x, y = doc.y, width, lineGap = 0, align = 'left' } = place;
  if (!isOurs(text)) {
    doc.text(text, x, y, { width, lineGap, align });
    return;
  }
  const height = doc.currentLineHeight(true) + lineGap;
  doc.y = y;
  for (const paragraph of text.split('\n')) {
    const base = directionOf(paragraph);
    for (const line of linesOf(doc, paragraph, width)) {
      makeRoom(height);
      writeLine(doc, line, base, { x, y: doc.y, width, isRight: base === 'rtl' || align === 'right' });
      doc.y += height;
    }
  }
  doc.x = x;
}

/** Writes the beginning of a text, as much as fits into one line. */
export function writeStart(
  doc: Document,
  text: string,
  { x, y, width }: Required<Pick<Place, 'x' | 'y' | 'width'>>,
): void {
  if (isOurs(text)) writeLine(doc, linesOf(doc, text, width)[0]!, 'ltr', { x, y, width, isRight: false });
  else doc.text(text, x, y, { width, lineBreak: false, ellipsis: true, height: doc.currentLineHeight(true) });
}

/** How high text will be, in points. */
export function heightOfText(doc: Document, text: string, width: number): number {
  if (!isOurs(text)) return doc.heightOfString(text, { width });
  const lines = text.split('\n').reduce((sum, paragraph) => sum + linesOf(doc, paragraph, width).length, 0);
  return lines * doc.currentLineHeight(true);
}

function writeLine(
  doc: Document,
  line: string,
  base: 'ltr' | 'rtl',
  { x, y, width, isRight }: { x: number; y: number; width: number; isRight: boolean },
): void {
  const runs = visualRuns(line, base).map((text) => ({ text, width: doc.widthOfString(text) }));
  const whole = runs.reduce((sum, run) => sum + run.width, 0);
  let at = isRight ? x + width - whole : x;
  for (const run of runs) {
    if (run.text.trim() !== '') doc.text(run.text, at, y, { lineBreak: false });
    at += run.width;
  }
}

/** Words in their logical order, as many to a line as fit. */
function linesOf(doc: Document, paragraph: string, width: number): string[] {
  const space = doc.widthOfString(' ');
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of paragraph.split(/\s+/).flatMap((long) => piecesOf(doc, long, width))) {
    const own = doc.widthOfString(word);
    if (line !== '' && used + space + own > width) {
      lines.push(line);
      [line, used] = ['', 0];
    }
    [line, used] = line === '' ? [word, own] : [`${line} ${word}`, used + space + own];
  }
  return [...lines, line];
}

/** More letters than any line holds. */
const lettersMax = 250;

/** A word that no line holds, in pieces that lines do. */
function piecesOf(doc: Document, word: string, width: number): string[] {
  if (word.length <= lettersMax && doc.widthOfString(word) <= width) return [word];
  const letters = [...word];
  const pieces: string[] = [];
  for (let at = 0; at < letters.length; ) {
    const rest = letters.slice(at, at + lettersMax);
    let piece = rest.join('');
    for (
      let wide = doc.widthOfString(piece);
      wide > width && rest.length > 1;
      wide = doc.widthOfString(piece)
    ) {
      rest.length = Math.max(Math.min(Math.floor((rest.length * width) / wide), rest.length - 1), 1);
      piece = rest.join('');
    }
    pieces.push(piece);
    at += rest.length;
  }
  return pieces;
}
