import type { Hold, Reason, Ring } from '../../detect/index.ts';
import { linkSignals } from '../../signals/index.ts';
import { graphSvg } from './graph-svg.ts';
import { formatted, type Html, html, moment, table } from './html.ts';
import { mapSvg } from './map-svg.ts';
import { timelineSvg } from './timeline-svg.ts';

const rowsMax = 20;

/** Why nothing may be done to a ring yet, in words. */
export const holdWords: Readonly<Record<Hold, string>> = {
  shadow: 'shadow mode: recorded, not acted on',
  cap: 'held: together with stronger findings it would flag more members than one run may',
  no_clear_break: 'held: as many accounts stand just below the bar as above it',
  protected_only: 'held: all its accounts are protected',
};

/** One ring: what it did, why it is believed to be one, where it came from. */
export function ringSection(ring: Ring, titles: ReadonlyMap<string, string>): Html {
  const holds = ring.holds.filter((hold) => hold !== 'shadow');
  return html`<section class="ring" id="${ring.id}"><h2>Ring of ${formatted(ring.accounts)} accounts <span class="id">${ring.id}</span></h2>
<p class="soft">From ${moment(ring.since)} to ${moment(ring.until)} UTC, out of ${originWords(ring)}.</p>
${holds.map((hold) => html`<p><span class="hold">${holdWords[hold]}</span></p>`)}
<ul class="facts">${facts(ring)}</ul>
<h3>Why</h3>${reasonsTable(ring.reasons)}
<h3>What its accounts share</h3><figure>${graphSvg(ring, titles)}<figcaption>Accounts on the left (${graphNote(ring)}), what they have in common on the right: how many of the ring’s accounts of how many members in all.</figcaption></figure>
<h3>When</h3><figure>${timelineSvg(ring.timeline)}<figcaption>${ring.tried.numbers > 0 ? 'New numbers asked about' : 'Requests'}, day by day (UTC).</figcaption></figure>
<h3>Traffic left from</h3><figure>${mapSvg(accountsByCountry(ring))}<figcaption>Countries of addresses, not of people: proxies, rented servers and Tor are marked below.</figcaption></figure>
${table(['Country', 'Operator', 'Network', 'Accounts', 'Syncs', 'New numbers'], originRows(ring))}
${
  ring.tried.countries.length > 0
    ? html`<h3>Whose numbers it asked for</h3>${table(
        ['Country of the numbers', 'Numbers'],
        ring.tried.countries.slice(0, rowsMax).map((each) => [each.country, each.numbers]),
      )}`
    : undefined
}
${
  ring.clients.length > 0
    ? html`<h3>Client software</h3>${table(
        ['Client', 'Accounts'],
        ring.clients.slice(0, rowsMax).map((each) => [each.client, each.accounts]),
      )}`
    : undefined
}
<h3>Accounts</h3>${table(['Account', 'Log odds', 'Own evidence', 'Flagged'], accountRows(ring))}
<p class="soft">${ring.members.length > rowsMax ? `The first ${rowsMax} of ${formatted(ring.members.length)}; all are in accounts.csv.` : ''}</p></section>`;
}

function facts(ring: Ring): Html[] {
  const all: [string, string][] = [
    ['accounts', formatted(ring.accounts)],
    ['new numbers asked about', formatted(ring.tried.numbers)],
    ['members found by number', formatted(ring.got.reveals)],
    ['mutual meetings', formatted(ring.got.met)],
    ['address blocks', formatted(ring.prefixes)],
    ...(ring.devices > 0 ? [['devices', formatted(ring.devices)] as [string, string]] : []),
    ['median log odds', `${ring.evidence.toFixed(1)} nats`],
  ];
  return all.map(([name, value]) => html`<li><b>${value}</b>${name}</li>`);
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : 'unknown countries';
}

/** "Iran, Israel and Malaysia", the countries that most of the accounts come from. */
function originWords(ring: Ring): string {
  const codes = [...new Set(ring.origins.map(({ country }) => country))];
  const names = codes.slice(0, 4).map(countryName);
  if (codes.length > 4) names.push(`${codes.length - 4} more countries`);
  return names.length < 2
    ? (names[0] ?? 'unknown countries')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function graphNote(ring: Ring): string {
  const shown = ring.graph.members.length;
  return shown < ring.accounts ? `${shown} of ${formatted(ring.accounts)}` : 'all of them';
}

const links: ReadonlySet<string> = new Set(linkSignals.map(({ id }) => id));

/** What a reason says of whom: of what accounts share, or of what the typical one did. */
export function reasonSentence({ signal, words }: Reason): string {
  return links.has(signal) ? `its accounts ${words}` : `the typical account ${words}`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Reasons with their weights: red speaks for suspicion, blue against it. */
export function reasonsTable(reasons: readonly Reason[]): Html {
  const most = Math.max(...reasons.map(({ weight }) => Math.abs(weight)), 1);
  const rows = reasons.map((reason) => [
    html`${reason.title}${reason.hardToEvade ? html` <span class="mark">hard to evade</span>` : undefined}<br><span class="soft">${capital(reasonSentence(reason))}</span>`,
    html`<span class="weight"><span class="bar${reason.weight < 0 ? ' for' : ''}" style="width:${((Math.abs(reason.weight) / most) * 5).toFixed(2)}em"></span> ${signed(reason.weight)}</span>`,
    `${Math.round(reason.share * 100)} %`,
  ]);
  return table(['Reason', 'Weight (nats)', 'Accounts it holds for'], rows);
}

function signed(weight: number): string {
  return `${weight >= 0 ? '+' : '−'}${Math.abs(weight).toFixed(1)}`;
}

function accountsByCountry(ring: Ring): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { country, accounts } of ring.origins) {
    if (country !== '') counts.set(country, (counts.get(country) ?? 0) + accounts);
  }
  return counts;
}

const networkWords = {
  hosting: 'rented servers',
  tor: 'Tor',
  proxy: 'proxy or relay',
  mobile: 'mobile',
  residential: 'homes',
  unknown: 'unknown',
} as const;
const marked: ReadonlySet<string> = new Set(['hosting', 'tor', 'proxy']);

function originRows(ring: Ring): (Html | string | number)[][] {
  return ring.origins
    .slice(0, rowsMax)
    .map((origin) => [
      origin.country ? `${countryName(origin.country)} (${origin.country})` : 'unknown',
      origin.operator || (origin.asn > 0 ? `AS${origin.asn}` : 'unknown'),
      marked.has(origin.network)
        ? html`<span class="mark">${networkWords[origin.network]}</span>`
        : networkWords[origin.network],
      origin.accounts,
      origin.syncs,
      origin.numbers,
    ]);
}

function accountRows(ring: Ring): (Html | string | number)[][] {
  return ring.members
    .slice(0, rowsMax)
    .map((each) => [
      html`<code>${each.member}</code>`,
      each.evidence.toFixed(1),
      each.own.toFixed(1),
      each.isProtected ? 'protected' : each.flagged ? 'yes' : 'near',
    ]);
}
