import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { hasRightToLeft } from './bidi.ts';
import { heightOfText, writeStart, writeText } from './pdf-lines.ts';

const require = createRequire(import.meta.url);
const plainFile = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const boldFile = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

export const colours = {
  ink: '#1c2024',
  soft: '#5c6670',
  line: '#d9dee3',
  wash: '#f4f6f8',
  accent: '#b3261e',
  calm: '#2f6f9f',
  land: '#e4e8ec',
} as const;

const margin = 56;
/** A4, in points. */
const paper = { width: 595.28, height: 841.89 } as const;
export const contentWidth = paper.width - 2 * margin;

type Tag = 'H1' | 'H2' | 'H3' | 'P' | 'Caption' | 'Figure' | 'Table' | 'LI';

/**
 * A document that grows downwards, each piece tagged for those who have it read to them, headings in the outline. The same
 * input makes the same bytes: the only time in it is the one that is given.
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly #whole: PDFKit.PDFStructureElement;
  readonly #bytes: Promise<Buffer>;

  constructor(given: { title: string; madeAt: Date; compress: boolean }) {
    this.doc = new PDFDocument({
      size: 'A4',
      margins: { top: margin, left: margin, right: margin, bottom: margin + 16 },
      pdfVersion: '1.7',
      tagged: true,
      lang: 'en',
      displayTitle: true,
      compress: given.compress,
      bufferPages: true,
      font: plainFile,
      info: {
        Title: given.title,
        Producer: 'Kith',
        Creator: 'Kith',
        CreationDate: given.madeAt,
        ModDate: given.madeAt,
      },
    });
    this.doc.registerFont('plain', plainFile);
    this.doc.registerFont('bold', boldFile);
    this.#whole = this.doc.struct('Document');
    this.doc.addStructure(this.#whole);
    const chunks: Buffer[] = [];
    this.#bytes = new Promise((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.doc.on('end', () => resolve(Buffer.concat(chunks)));
      this.doc.on('error', reject);
    });
  }

  /** Draws what is tagged as one thing; `alt` is what is read aloud in place of a picture. */
  tagged(tag: Tag, draw: () => void, alt?: string): void {
    this.#whole.add(this.doc.struct(tag, alt === undefined ? {} : { alt }, draw));
  }

  /** Words tagged as one thing; where some are drawn in another order than they are read in, it is said which that is. */
  #taggedText(tag: Tag, text: string, draw: () => void): void {
    this.#whole.add(this.doc.struct(tag, hasRightToLeft(text) ? { actual: text } : {}, draw));
  }

  title(kicker: string, text: string): void {
    this.tagged('P', () =>
      this.#text(kicker.toUpperCase(), { font: 'bold', size: 8, colour: colours.accent }),
    );
    this.doc.moveDown(0.4);
    this.#taggedText('H1', text, () => this.#text(text, { font: 'bold', size: 21, colour: colours.ink }));
    this.doc.moveDown(0.3);
    const { y } = this.doc;
    this.doc.markContent('Artifact', { type: 'Layout' } as never);
    this.doc.rect(margin, y, contentWidth, 2.5).fill(colours.accent);
    this.doc.endMarkedContent();
    this.doc.y = y + 14;
  }

  heading(text: string): void {
    this.room(70);
    this.doc.moveDown(0.9);
    this.doc.outline.addItem(text);
    this.#taggedText('H2', text, () => this.#text(text, { font: 'bold', size: 13, colour: colours.ink }));
    this.doc.moveDown(0.25);
  }

  subheading(text: string): void {
    this.room(50);
    this.doc.moveDown(0.5);
    this.#taggedText('H3', text, () => this.#text(text, { font: 'bold', size: 10.5, colour: colours.ink }));
    this.doc.moveDown(0.2);
  }

  paragraph(text: string, kind: 'lead' | 'plain' | 'soft' = 'plain'): void {
    if (text.trim() === '') return;
    const size = kind === 'lead' ? 12 : kind === 'soft' ? 8.5 : 9.5;
    const colour = kind === 'soft' ? colours.soft : colours.ink;
    this.room(30);
    this.#taggedText('P', text, () => this.#text(text, { font: 'plain', size, colour }));
    this.doc.moveDown(0.45);
  }

  /** A paragraph set apart: something that is not known. */
  aside(strong: string, text: string): void {
    this.doc.font('plain', 9.5);
    const whole = `${strong} ${text}`;
    const height = this.doc.heightOfString(whole, { width: contentWidth - 26, lineGap: 2 }) + 14;
    this.room(height);
    const { y } = this.doc;
    this.artifact(() => {
      this.doc.rect(margin, y, contentWidth, height).fill(colours.wash);
      this.doc.rect(margin, y, 3, height).fill(colours.accent);
    });
    this.tagged('P', () => {
      this.doc.fillColor(colours.ink).font('bold', 9.5);
      this.doc.text(`${strong} `, margin + 14, y + 7, {
        width: contentWidth - 26,
        lineGap: 2,
        continued: true,
      });
      this.doc.font('plain').text(text);
    });
    this.doc.x = margin;
    this.doc.y = y + height + 8;
  }

  /** Lines with a small dot before each. */
  list(items: readonly string[]): void {
    for (const item of items) {
      this.room(24);
      const { y } = this.doc;
      this.artifact(() => this.doc.circle(margin + 4, y + 6, 1.8).fill(colours.calm));
      this.#taggedText('LI', item, () => {
        this.doc.fillColor(colours.ink).font('plain', 9.5);
        this.#write(item, { x: margin + 14, y, width: contentWidth - 14, lineGap: 2 });
      });
      this.doc.x = margin;
      this.doc.moveDown(0.25);
    }
  }

  /** Rows of words and numbers; `columns` says how wide each is (shares of the whole) and whether it holds numbers. */
  table(
    columns: readonly { name: string; share: number; number?: boolean }[],
    rows: readonly (readonly string[])[],
  ): void {
    const widths = columns.map(({ share }) => share * contentWidth);
    this.tagged('Table', () => {
      this.#row(
        columns.map(({ name }) => name),
        columns,
        widths,
        true,
      );
      for (const row of rows) this.#row(row, columns, widths, false);
    });
    this.doc.x = margin;
    this.doc.moveDown(0.5);
  }

  #row(
    cells: readonly string[],
    columns: readonly { number?: boolean }[],
    widths: readonly number[],
    head: boolean,
  ): void {
    this.doc.font(head ? 'bold' : 'plain', 8.5);
    const heights = cells.map((cell, at) => heightOfText(this.doc, cell, widths[at]! - 8));
    const height = Math.max(...heights, 10) + 6;
    this.room(height + 4);
    const { y } = this.doc;
    let x = margin;
    for (const [at, cell] of cells.entries()) {
      this.doc.fillColor(head ? colours.soft : colours.ink);
      const align = columns[at]!.number ? 'right' : 'left';
      this.#write(cell, { x: x + 2, y: y + 3, width: widths[at]! - 8, align });
      x += widths[at]!;
    }
    this.doc
      .moveTo(margin, y + height)
      .lineTo(margin + contentWidth, y + height)
      .lineWidth(0.5)
      .stroke(colours.line);
    this.doc.y = y + height;
  }

  /** Leaves this page when less than `height` is left of it. */
  room(height: number): void {
    if (this.doc.y + height > paper.height - margin - 16) this.doc.addPage();
  }

  /** What is only to be seen: rules, backgrounds. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' } as never);
    draw();
    this.doc.endMarkedContent();
  }

  #text(text: string, style: { font: 'plain' | 'bold'; size: number; colour: string }): void {
    this.doc.fillColor(style.colour).font(style.font, style.size);
    this.#write(text, { x: margin, width: contentWidth, lineGap: 2 });
  }

  #write(text: string, place: Parameters<typeof writeText>[2]): void {
    writeText(this.doc, text, place, (height) => this.room(height));
  }

  /** Ends the document, with a line at the foot of every page. */
  async bytes(foot: string): Promise<Buffer> {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.doc.switchToPage(page);
      this.doc.page.margins.bottom = 0;
      this.artifact(() => {
        this.doc.fillColor(colours.soft).font('plain', 7.5);
        writeStart(this.doc, foot, { x: margin, y: paper.height - margin + 6, width: contentWidth - 60 });
        this.doc.text(`page ${page + 1} of ${count}`, margin, paper.height - margin + 6, {
          width: contentWidth,
          align: 'right',
        });
      });
    }
    this.#whole.end();
    this.doc.end();
    return this.#bytes;
  }
}
