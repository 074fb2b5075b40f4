import { checkPage, checkVeris } from './checks.ts';
import { gdprHtml } from './gdpr-html.ts';
import { mispEvent } from './misp.ts';
import { reportHtml } from './report-html.ts';
import type { IncidentSource } from './source.ts';
import { statementHtml } from './statement-html.ts';
import { stixBundle } from './stix.ts';
import { verisRecord } from './veris.ts';

/** A file that is made of a case. */
export interface Output {
  name: string;
  title: string;
  type: string;
  about: string;
  /** Its bytes, in pieces. */
  write: (source: IncidentSource) => AsyncIterable<string | Uint8Array>;
}

const text = (make: (source: IncidentSource) => string) =>
  async function* (source: IncidentSource): AsyncGenerator<string> {
    yield make(source);
  };

const page = (name: string, make: (source: IncidentSource) => string) =>
  text((source) => checkPage(name, make(source)));

/** Everything but the notices: those are as many as there are members. */
export const outputs: readonly Output[] = [
  {
    name: 'report.html',
    title: 'Report',
    type: 'text/html; charset=utf-8',
    about: 'The whole incident with map, timeline and reasons; one file, no script, light, dark and print',
    write: page('report.html', ({ document }) => reportHtml(document)),
  },
  {
    name: 'report.pdf',
    title: 'Report as PDF',
    type: 'application/pdf',
    about: 'The same, tagged and with an outline',
    write: async function* ({ document }) {
      // Drawing and fonts are loaded by who wants a PDF, not by every service that starts.
      const { reportPdf } = await import('./report-pdf.ts');
      yield await reportPdf(document);
    },
  },
  {
    name: 'statement.html',
    title: 'Public statement',
    type: 'text/html; charset=utf-8',
    about: 'A draft of what the host tells everybody',
    write: page('statement.html', ({ document }) => statementHtml(document)),
  },
  {
    name: 'gdpr-33.html',
    title: 'Notification, Art. 33 GDPR',
    type: 'text/html; charset=utf-8',
    about: 'A draft for the supervisory authority, in the order of Art. 33(3); what is not known yet is said',
    write: page('gdpr-33.html', ({ document }) => gdprHtml(document)),
  },
  {
    name: 'stix.json',
    title: 'STIX 2.1 bundle',
    type: 'application/json',
    about: 'The incident for other defenders: attackers’ accounts and networks, nobody who was exposed',
    write: stixBundle,
  },
  {
    name: 'misp.json',
    title: 'MISP event',
    type: 'application/json',
    about: 'The same for MISP',
    write: mispEvent,
  },
  {
    name: 'veris.json',
    title: 'VERIS record',
    type: 'application/json',
    about: 'The incident in the vocabulary of VERIS 1.4',
    write: text(({ document }) => {
      const record = verisRecord(document);
      checkVeris(record);
      return `${JSON.stringify(record, null, 2)}\n`;
    }),
  },
];

/** What can be downloaded beside the outputs. */
export const lists = [
  {
    name: 'notices.ndjson',
    title: 'Notices, Art. 34 GDPR',
    type: 'application/x-ndjson',
    about: 'One draft for each exposed member who can be written to, in the language of the number’s country',
  },
] as const;
