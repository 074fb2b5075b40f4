import type { Detection, Ring, WhoElse } from '../../detect/index.ts';
import { signals } from '../../signals/index.ts';
import { type BrokenLine, where } from '../broken.ts';
import { logFields, type Mapping } from '../fields.ts';
import type { Imported } from '../import.ts';
import { day, formatted, Html, html, moment, table } from './html.ts';
import { reasonsTable, ringSection } from './ring-section.ts';
import { style } from './style.ts';

/** Everything that an investigation found, for every output the same. */
export interface Investigation {
  /** When it was made, milliseconds since 1970. */
  madeAt: number;
  files: {
    file: string;
    format: string;
    columns: Mapping;
    /** Why a column was taken for a field, where the user had not said. */
    guessed: Partial<Record<string, string>>;
    remarks: readonly string[];
  }[];
  imported: Pick<Imported, 'rows' | 'broken' | 'robots' | 'reasons' | 'examples'>;
  detection: Detection;
  whoElse: WhoElse[];
  /** Where countries and operators come from, with the attribution their licences ask for. */
  sources: readonly string[];
}

/** One HTML file that stands alone: no script, and a policy that forbids every request. */
export function reportHtml(investigation: Investigation): string {
  const { detection, imported } = investigation;
  const titles = new Map(signals.map(({ id, title }) => [id, title]));
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Investigation of ${moment(investigation.madeAt)}</title><style>${new Html(style)}</style></head><body>
<header><h1>Investigation</h1><p class="soft">${moment(investigation.madeAt)} UTC · ${formatted(imported.rows)} syncs of ${formatted(detection.members)} accounts, ${formatted(detection.judged)} of which asked about enough to be judged</p>
<p class="lead">${summary(detection)}</p>${contents(investigation)}</header>
<main>${detection.rings.map((ring) => ringSection(ring, titles))}
${loneSection(detection)}
${investigation.whoElse.map(whoElseSection)}
<h2>What was read</h2>${filesTable(investigation)}${brokenSection(imported)}${silentSection(detection)}
<h2>How to read this</h2>
<p>Weights are natural logarithms of likelihood ratios: +2.3 is ten times likelier from an account that enumerates than from an honest one, −2.3 ten times less likely. Log odds add the prior (one account in a thousand), the account’s own evidence, and what it shares with other suspicious accounts. An account is flagged from ${detection.bar === null ? 'a bar that nobody reached' : `${detection.bar.toFixed(1)} nats`} on; the bar is set so that one honest account in 100,000 is expected among the flagged, if the people in these logs are as the model takes people to be. They are people: somebody should look before anything is done to them.</p>
<p class="soft">Countries and operators say where traffic left from. Who was behind it is not in these logs.</p>
<p class="soft">${investigation.sources.join(' · ')} · Outlines made with Natural Earth.</p></main></body></html>`;
  return document.text;
}

function contents({ detection: { rings } }: Investigation): Html | undefined {
  if (rings.length < 2) return undefined;
  const entry = (ring: Ring): Html =>
    html`<li><a href="#${ring.id}">${ring.id}</a>: ${formatted(ring.accounts)} accounts, ${formatted(ring.tried.numbers)} numbers, since ${day(ring.since)}</li>`;
  return html`<nav aria-label="Rings"><ul>${rings.slice(0, 100).map(entry)}</ul></nav>`;
}

export function summary(detection: Detection): string {
  const accounts = detection.rings.reduce((sum, ring) => sum + ring.accounts, 0);
  if (detection.rings.length === 0 && detection.lone.length === 0) return 'No ring was found.';
  const lone = detection.lone.length > 0 ? `, and ${plural(detection.lone.length, 'lone account')}` : '';
  if (detection.rings.length === 0)
    return `No ring was found; ${plural(detection.lone.length, 'lone account')} stand out.`;
  const numbers = detection.rings.reduce((sum, ring) => sum + ring.tried.numbers, 0);
  const found = detection.rings.reduce((sum, ring) => sum + ring.got.reveals, 0);
  const did =
    numbers > 0
      ? ` asked about ${formatted(numbers)} numbers and found ${plural(found, 'member')} by number`
      : ' acted as one; how many numbers they asked about is not in these logs';
  return `${plural(detection.rings.length, 'ring')} of ${plural(accounts, 'account')}${did}${lone}.`;
}

function plural(count: number, noun: string): string {
  return `${formatted(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function loneSection({ lone }: Detection): Html | undefined {
  if (lone.length === 0) return undefined;
  return html`<h2>Accounts on their own</h2>${lone
    .slice(0, 20)
    .map((account) => html`<h3><code>${account.member}</code></h3>${reasonsTable(account.reasons)}`)}`;
}

function whoElseSection(search: WhoElse): Html {
  const rows = (found: WhoElse['matches']): (string | number)[][] =>
    found
      .slice(0, 50)
      .map((each) => [
        each.member,
        each.evidence.toFixed(1),
        [...new Set(each.traits.map(({ signal }) => signal))].join(', '),
      ]);
  const head = ['Account', 'Log odds', 'Shares'];
  const answer =
    search.matches.length === 0
      ? html`<p><b>Searched, nobody.</b> ${formatted(search.searched.members)} accounts and ${formatted(search.searched.events)} syncs were compared with it.</p>`
      : table(head, rows(search.matches));
  return html`<h2>Who else did what ${search.ring} did</h2>${answer}
${search.nearMisses.length > 0 ? html`<h3>Near misses</h3>${table(head, rows(search.nearMisses))}` : undefined}`;
}

function filesTable({ files }: Investigation): Html {
  return table(
    ['File', 'Format', 'Columns'],
    files.map(({ file, format, columns, guessed, remarks }) => [
      file,
      format,
      [
        ...Object.entries(columns).map(([field, column]) => {
          const why = guessed[field];
          return `${field} = ${column}${why === undefined ? '' : ` (guessed ${why})`}`;
        }),
        ...remarks,
      ].join(', '),
    ]),
  );
}

function brokenSection({ broken, reasons, examples }: Investigation['imported']): Html | undefined {
  if (broken === 0) return undefined;
  const quote = (line: BrokenLine): Html =>
    html`<li>${where(line)}: ${line.why}: <code>${line.text}</code></li>`;
  return html`<h3>Broken lines</h3><p>${plural(broken, 'line')} left out (${reasons.map(({ why, count }) => `${why}: ${formatted(count)}`).join(', ')}).</p><ul>${examples.map(quote)}</ul>`;
}

function silentSection({ silent }: Detection): Html | undefined {
  if (silent.length === 0) return undefined;
  const wanted = (columns: readonly string[]): string =>
    columns
      .map((column) => {
        const field = Object.entries(logFields).find(([, spec]) =>
          spec.gives.some((given) => given === column),
        );
        return field ? `${field[0]} (${field[1].means})` : column;
      })
      .join('; ');
  return html`<h3>Signals that these logs cannot support</h3>${table(
    ['Signal', 'It would need'],
    silent.map(({ title, needs }) => [title, wanted(needs)]),
  )}`;
}
