import { type Html, html, mapSvg } from '@kith/detection';
import type { Figures, RingFigure } from '@kith/protocol/study';
import { daysSvg, shades, shareBar, sharedSvg } from './charts.ts';
import type { IncidentDocument } from './document.ts';
import { numberCell, page, tableOf, time } from './page.ts';
import { counted, countryName, figure, protections, sentences } from './words.ts';

const networksMax = 25;
const networkWords: Readonly<Record<string, string>> = {
  hosting: 'rented servers',
  tor: 'Tor',
  proxy: 'proxy or relay',
  mobile: 'mobile',
  residential: 'homes',
};

/** The whole report, for those who have to decide and those who have to check. */
export function reportHtml(document: IncidentDocument): string {
  const { figures: f } = document;
  const body = html`<main><p class="lead">${sentences.happened(f)} ${sentences.exposed(f)}</p>
<ul class="facts">${factsOf(f).map(([value, name]) => html`<li><b>${value}</b>${name}</li>`)}</ul>
<p class="soft">Computed ${time(f.computedAt)} from the ledger. Every number in this report, in the notices and in the files beside it comes from that one computation.</p>
<h2>Who was exposed</h2><p>${sentences.exposed(f)} ${f.membersExposed > 0 ? sentences.how(f) : ''}</p>
${f.firstRevealAt && f.lastRevealAt ? html`<p>The first card was shown ${time(f.firstRevealAt)}, the last ${time(f.lastRevealAt)}. ${f.membersErased > 0 ? `${figure(f.membersErased)} of those exposed have left since and cannot be written to.` : ''}</p>` : undefined}
<p>This is exact: Kith shows no card without an entry in its ledger, in the same transaction, and the ledger can be verified. A card is a name, a handle and a picture; which number led to it was not told to the accounts.</p>
<h2>Who was not, and why</h2><p>${sentences.protectedTotal(f)}</p>${shareBar(f)}
${tableOf(['', 'Members', 'Why'], shareRows(f))}
${f.numbersWaiting > 0 ? html`<p>${sentences.waiting(f)}</p>` : undefined}
<h2>What cannot be known exactly</h2>${boundsList(f)}
<h2>When</h2><figure>${daysSvg(f.days)}<figcaption>New numbers a day (bars) and cards shown (dots), each to its own scale, in UTC.</figcaption></figure>
<h2>Where the traffic left from</h2><figure>${mapSvg(new Map(f.countries.filter(({ country }) => country).map(({ country, accounts }) => [country, accounts])))}<figcaption>Accounts by the country of the network. ${sentences.from(f)} Outlines made with Natural Earth.</figcaption></figure>
${tableOf(
  ['Country', 'Accounts', 'Syncs', 'New numbers'],
  f.countries.map((row) => [
    countryName(row.country),
    ...[row.accounts, row.syncs, row.numbers].map((n) => numberCell(figure(n))),
  ]),
)}
<h3>Networks</h3>${networksTable(f)}
<h2>The accounts</h2><p>${sentences.stopped(f)}</p>${f.rings.map(ringSection)}
<h2>Who did it</h2>${attributionOf(document)}<p>${sentences.others(f)}</p>
<h2>What happened when</h2><ol class="story">${document.timeline.map((entry) => html`<li class="${entry.kind}">${time(entry.at)}<bdi>${entry.words}</bdi>${entry.by ? html` <span class="soft">· <bdi>${entry.by}</bdi></span>` : undefined}</li>`)}</ol>
${document.evidence.length > 0 ? html`<h2>Evidence</h2>${document.evidence.map(({ name, text }) => html`<h3><bdi>${name}</bdi></h3><p><bdi>${text}</bdi></p>`)}` : undefined}
</main>${footer(document)}`;
  return page({ title: f.name, kicker: 'Incident report', body });
}

/** The figures that matter first, with their names. */
export function factsOf(f: Figures): [value: string, name: string][] {
  return [
    [figure(f.membersExposed), 'people exposed'],
    [figure(f.cardsRevealed), 'cards shown'],
    [figure(f.membersProtected.total), 'tried and protected'],
    [figure(f.numbersTried), 'numbers tried'],
    [figure(f.accounts), 'accounts'],
    [figure(f.accountsSuspended), 'suspended'],
    [figure(f.prefixes), 'address blocks'],
    [figure(f.countries.filter(({ country }) => country).length), 'countries'],
  ];
}

function shareRows(f: Figures): (Html | string)[][] {
  const key = (index: number): Html =>
    html`<td><span class="key" style="background:${shades[index]!}"></span></td>`;
  const rows = protections(f).map(([count, why], index) => [key(index + 1), numberCell(figure(count)), why]);
  return [[key(0), numberCell(figure(f.membersExposed)), 'were exposed'], ...rows];
}

export function boundsList(f: Figures): Html {
  if (f.bounds.length === 0)
    return html`<p>Nothing: every number the accounts sent is still in their books, and no setting changed while they did.</p>`;
  return html`${f.bounds.map((bound) => html`<p class="unknown"><b>At most ${figure(bound.atMost)}.</b> ${bound.why}</p>`)}`;
}

function networksTable(f: Figures): Html {
  const rows = f.networks
    .slice(0, networksMax)
    .map((row) => [
      row.operator || (row.asn > 0 ? `AS${row.asn}` : 'unknown'),
      networkWords[row.kind] ?? 'unknown',
      countryName(row.country),
      ...[row.accounts, row.syncs, row.numbers].map((n) => numberCell(figure(n))),
    ]);
  const rest =
    f.networks.length > networksMax
      ? html`<p class="soft">The largest are shown; all are in the JSON of this command and in stix.json.</p>`
      : undefined;
  return html`${tableOf(['Operator', 'Kind', 'Country', 'Accounts', 'Syncs', 'New numbers'], rows)}${rest}`;
}

function ringSection(ring: RingFigure): Html {
  return html`<section class="ring"><h3><bdi>${ring.id}</bdi></h3><p>${counted(ring.accounts, 'account')}, active from ${time(ring.since)} to ${time(ring.until)}; ${ring.state}.</p>
${ring.links.length > 0 ? html`<figure>${sharedSvg(ring)}<figcaption>What its accounts share: how many of them, of how many members in all who do.</figcaption></figure>` : undefined}
${tableOf(
  ['Why it is believed to be one', 'Weight in nats'],
  ring.why.map(({ words, weight }) => [`The typical account ${words}`, numberCell(weight.toFixed(1))]),
)}</section>`;
}

export function attributionOf({ attribution }: IncidentDocument): Html {
  if (!attribution)
    return html`<p>Nobody is named: what is in the ledger does not say who was behind the accounts.</p>`;
  return html`<p><bdi>${attribution.sentence}</bdi></p><p class="soft">Said by <bdi>${attribution.by}</bdi>, with ${attribution.confidence} confidence, naming <bdi>${attribution.actor}</bdi>.</p>`;
}

export function footer({ figures, host }: IncidentDocument): Html {
  const contact = [host.name, host.contact].filter(Boolean).join(' · ');
  return html`<footer><p>Case <bdi>${figures.case}</bdi> · figures of ${time(figures.computedAt)}${contact ? html` · <bdi>${contact}</bdi>` : undefined}</p></footer>`;
}
