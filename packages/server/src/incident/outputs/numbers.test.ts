import { describe, expect, it } from 'vitest';
import { outputs } from './outputs.ts';
import { pdfText } from './pdf-text.testing.ts';
import { reportPdf } from './report-pdf.ts';
import { sampleDocument, sampleFigures, sampleSource, textOf } from './sample.testing.ts';

/** Every number that the figures hold, also those inside their texts. */
function numbersIn(value: unknown): Set<number> {
  const found = new Set<number>();
  JSON.stringify(value, (_key, each) => {
    if (typeof each === 'number') found.add(each);
    if (typeof each === 'string') for (const number of numbersOfText(each)) found.add(number);
    return each;
  });
  return found;
}

/** Numbers as they are written in English, without those of dates, times, pages and paragraphs of the law. */
function numbersOfText(text: string): number[] {
  const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
  const words = text
    .replace(new RegExp(`\\d{1,2} (?:${months}) \\d{4}(?:, \\d\\d:\\d\\d UTC)?`, 'g'), '')
    .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, '')
    .replace(/page \d+ of \d+/g, '')
    .replace(/Art\. \d+(\(\d\))?( \([a-d]\))?|72 hours/g, '')
    .replace(/ipv[46]-addr|STIX 2\.1|VERIS 1\.4|ring-\d+|AS\d+|fake-\w+/g, '');
  return [...words.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(',', '')));
}

/** What somebody sees of a page, with what is read aloud or shown on pointing. */
function visible(html: string): string {
  const body = html.slice(html.indexOf('<body>'));
  return body
    .replace(/<time[^>]*>[^<]*<\/time>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[a-z]+;|&#\d+;/g, ' ');
}

const allowed = numbersIn(sampleFigures);
/** Counts of lists in the figures are figures too. */
for (const list of [sampleFigures.countries, sampleFigures.networks, sampleFigures.rings])
  allowed.add(list.length);
const strangers = (numbers: readonly number[]): number[] =>
  numbers.filter((number) => !allowed.has(number) && number !== 0);
const source = sampleSource();
const outputOf = async (name: string) => textOf(outputs.find((each) => each.name === name)!.write(source));

/** What every output that tells of people must say. */
const told = [sampleFigures.membersExposed, sampleFigures.accounts, sampleFigures.numbersTried];

describe('numbers', () => {
  it.each(['report.html', 'statement.html', 'gdpr-33.html'])(
    'in %s are those of the figures',
    async (name) => {
      const numbers = numbersOfText(visible(await outputOf(name)));
      expect(strangers(numbers)).toEqual([]);
      expect(numbers).toEqual(expect.arrayContaining([...told, sampleFigures.membersProtected.total]));
      expect(numbers.length).toBeGreaterThan(15);
    },
  );

  it('in report.pdf are those of the figures', async () => {
    const numbers = numbersOfText(pdfText(await reportPdf(sampleDocument())));
    expect(strangers(numbers)).toEqual([]);
    expect(numbers).toEqual(
      expect.arrayContaining([...told, sampleFigures.cardsRevealed, 50_505, 30_303, 6_017, 5_002]),
    );
  });

  it.each(['stix.json', 'misp.json', 'veris.json'])('in %s are those of the figures', async (name) => {
    const { numbers, texts } = valuesOf(JSON.parse(await outputOf(name)));
    expect(strangers([...numbers, ...texts.flatMap(numbersOfText)])).toEqual([]);
    expect([...numbers, ...texts.flatMap(numbersOfText)]).toEqual(expect.arrayContaining(told));
  });

  it('are found out when one of them is another', async () => {
    const wrong = sampleSource(sampleDocument({ decisions: ['It was 4,711 people.'] }));
    const text = await textOf(outputs.find(({ name }) => name === 'statement.html')!.write(wrong));
    expect(strangers(numbersOfText(visible(text)))).toEqual([4_711]);
  });
});

/** Parts of machine formats that are no figures: ids, times, versions, levels, codes, addresses. */
const formal =
  /^(id|uuid|.*_ref|.*_refs|created|modified|spec_version|version|schema_version|timestamp|date|.*_id|distribution|analysis|schema|external_id|first_seen|last_seen|start_time|end_time|industry|region|incident_id|year|month|day)$/;

function valuesOf(value: unknown): { numbers: number[]; texts: string[] } {
  const found = { numbers: [] as number[], texts: [] as string[] };
  const walk = (each: unknown, name: string, within: Record<string, unknown>): void => {
    if (formal.test(name)) return;
    if (typeof each === 'number') found.numbers.push(each);
    if (typeof each === 'string' && !isAddress(name, within)) found.texts.push(each);
    if (each && typeof each === 'object')
      for (const [key, inner] of Object.entries(each))
        walk(inner, Array.isArray(each) ? name : key, each as never);
  };
  walk(value, '', {});
  return found;
}

const isAddress = (name: string, { type }: Record<string, unknown>): boolean =>
  name === 'value' && /^(ipv[46]-addr|ip-src)$/.test(String(type));
