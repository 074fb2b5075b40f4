import type { Figures, RingFigure } from '@kith/protocol/study';
import type { IncidentDocument } from './document.ts';
import { drawDays, drawMap } from './pdf-charts.ts';
import { Sheet } from './pdf-sheet.ts';
import { factsOf } from './report-html.ts';
import { counted, countryName, figure, momentIn, protections, sentences } from './words.ts';

const rowsMax = 25;
const titleMax = 300;

/** The report as a PDF: tagged, with an outline, and the same bytes for the same figures. */
export async function reportPdf(document: IncidentDocument, { compress = true } = {}): Promise<Buffer> {
  const { figures: f } = document;
  const name = clipped(f.name);
  const sheet = new Sheet({ title: name, madeAt: new Date(f.computedAt), compress });
  sheet.title('Incident report', name);
  sheet.paragraph(`${sentences.happened(f)} ${sentences.exposed(f)}`, 'lead');
  sheet.table(
    [
      { name: 'Figure', share: 0.7 },
      { name: 'Count', share: 0.3, number: true },
    ],
    factsOf(f).map(([value, what]) => [what, value]),
  );
  sheet.paragraph(
    `Computed ${momentIn(f.computedAt)} from the ledger. Every number in this report, in the notices and in the files beside it comes from that one computation.`,
    'soft',
  );
  exposure(sheet, f);
  bounds(sheet, f);
  sheet.heading('When');
  drawDays(sheet, f);
  sheet.paragraph('New numbers a day (bars) and cards shown (dots), each to its own scale, in UTC.', 'soft');
  origins(sheet, f);
  accounts(sheet, f);
  sheet.heading('Who did it');
  attribution(sheet, document);
  sheet.paragraph(sentences.others(f));
  sheet.heading('What happened when');
  sheet.list(
    document.timeline.map(({ at, words, by }) => `${momentIn(at)}: ${words}${by ? ` (${by})` : ''}`),
  );
  if (document.evidence.length > 0) sheet.heading('Evidence');
  for (const { name: about, text } of document.evidence) {
    sheet.subheading(about);
    sheet.paragraph(text);
  }
  const contact = [document.host.name, document.host.contact].filter(Boolean).join(' · ');
  return sheet.bytes([`Case ${f.case}`, contact].filter(Boolean).join(' · '));
}

function exposure(sheet: Sheet, f: Figures): void {
  sheet.heading('Who was exposed');
  sheet.paragraph(`${sentences.exposed(f)} ${f.membersExposed > 0 ? sentences.how(f) : ''}`);
  if (f.firstRevealAt && f.lastRevealAt)
    sheet.paragraph(
      `The first card was shown ${momentIn(f.firstRevealAt)}, the last ${momentIn(f.lastRevealAt)}.`,
    );
  if (f.membersErased > 0)
    sheet.paragraph(`${figure(f.membersErased)} of those exposed have left since and cannot be written to.`);
  sheet.paragraph(
    'This is exact: Kith shows no card without an entry in its ledger, in the same transaction, and the ledger can be verified.',
  );
  sheet.heading('Who was not, and why');
  sheet.paragraph(sentences.protectedTotal(f));
  sheet.table(
    [
      { name: 'Members', share: 0.2, number: true },
      { name: 'Why', share: 0.8 },
    ],
    protections(f).map(([count, why]) => [figure(count), why]),
  );
  if (f.numbersWaiting > 0) sheet.paragraph(sentences.waiting(f));
}

function bounds(sheet: Sheet, f: Figures): void {
  sheet.heading('What cannot be known exactly');
  if (f.bounds.length === 0)
    sheet.paragraph(
      'Nothing: every number the accounts sent is still in their books, and no setting changed while they did.',
    );
  for (const { atMost, why } of f.bounds) sheet.aside(`At most ${figure(atMost)}.`, why);
}

function origins(sheet: Sheet, f: Figures): void {
  sheet.heading('Where the traffic left from');
  drawMap(sheet, f);
  sheet.paragraph(`${sentences.from(f)} Outlines made with Natural Earth.`, 'soft');
  const numbers = ['Accounts', 'Syncs', 'New numbers'].map((name) => ({ name, share: 0.18, number: true }));
  sheet.table(
    [{ name: 'Country', share: 0.46 }, ...numbers],
    f.countries
      .slice(0, rowsMax)
      .map((row) => [countryName(row.country), figure(row.accounts), figure(row.syncs), figure(row.numbers)]),
  );
  sheet.table(
    [{ name: 'Network', share: 0.46 }, ...numbers],
    f.networks
      .slice(0, rowsMax)
      .map((row) => [
        `${row.operator || (row.asn > 0 ? `AS${row.asn}` : 'unknown')}, ${countryName(row.country)}`,
        figure(row.accounts),
        figure(row.syncs),
        figure(row.numbers),
      ]),
  );
}

function accounts(sheet: Sheet, f: Figures): void {
  sheet.heading('The accounts');
  sheet.paragraph(sentences.stopped(f));
  for (const ring of f.rings) {
    sheet.subheading(ring.id);
    sheet.paragraph(
      `${counted(ring.accounts, 'account')}, active from ${momentIn(ring.since)} to ${momentIn(ring.until)}; ${ring.state}.`,
    );
    shared(sheet, ring);
    sheet.table(
      [
        { name: 'Why it is believed to be one', share: 0.8 },
        { name: 'Weight in nats', share: 0.2, number: true },
      ],
      ring.why.map(({ words, weight }) => [`The typical account ${words}`, weight.toFixed(1)]),
    );
  }
}

function shared(sheet: Sheet, ring: RingFigure): void {
  if (ring.links.length === 0) return;
  sheet.table(
    [
      { name: 'What its accounts share', share: 0.6 },
      { name: 'Accounts', share: 0.2, number: true },
      { name: 'of all who do', share: 0.2, number: true },
    ],
    ring.links.map(({ signal, label, accounts: sharing, members }) => [
      [signal.replaceAll('-', ' '), label].filter(Boolean).join(': '),
      figure(sharing),
      figure(members),
    ]),
  );
}

function attribution(sheet: Sheet, document: IncidentDocument): void {
  const said = document.attribution;
  if (!said) {
    sheet.paragraph('Nobody is named: what is in the ledger does not say who was behind the accounts.');
    return;
  }
  sheet.paragraph(said.sentence);
  sheet.paragraph(`Said by ${said.by}, with ${said.confidence} confidence, naming ${said.actor}.`, 'soft');
}

/** A title is a line or a few, whatever somebody has called the case. */
function clipped(text: string): string {
  return text.length > titleMax ? `${text.slice(0, titleMax)}…` : text;
}
