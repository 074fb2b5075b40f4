import { describe, expect, it } from 'vitest';
import { pdfText } from './pdf-text.testing.ts';
import { reportPdf } from './report-pdf.ts';
import { sampleDocument, sampleFigures } from './sample.testing.ts';

const at = '2019-12-24T19:30:00.000Z';
const said = (sentence: string, actor: string) =>
  sampleDocument({ attribution: { actor, sentence, confidence: 'low', by: 'שרה כהן', at } });
const textOf = async (document: Parameters<typeof reportPdf>[0]) => {
  const pdf = await reportPdf(document, { compress: false });
  return { pdf, text: pdfText(pdf).replace(/\s+/g, ' ') };
};

describe('names from right to left in the PDF', () => {
  it('are drawn with their first word on the right, letters turned round once', async () => {
    const { text } = await textOf(said('Nobody knows.', 'علی'));
    expect(text).toMatch(/Said by ןהכ +הרש *, with low confidence/);
  });

  it('are read aloud in the order of the sentence', async () => {
    const { pdf } = await textOf(said('Nobody knows.', 'x'));
    const actual = Buffer.from('Said by שרה כהן', 'utf16le').swap16();
    expect(pdf.includes(actual.subarray(16))).toBe(true);
  });

  it('may have 10,000 letters, in either direction, and stay on the paper', async () => {
    for (const letter of ['ש', '%']) {
      const name = letter.repeat(10_000);
      const { text } = await textOf({ ...said(name, 'x'), figures: { ...sampleFigures, name } });
      // The title is cut at 300 letters; the sentence is whole.
      expect(text.split(letter).length - 1).toBeGreaterThanOrEqual(10_300);
    }
  });
});
