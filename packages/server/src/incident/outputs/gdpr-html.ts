import { type Html, html } from '@kith/detection';
import type { IncidentDocument } from './document.ts';
import { page, time } from './page.ts';
import { boundsList } from './report-html.ts';
import { counted, countryName, figure, protections, sentences } from './words.ts';

const unknown = (what: string): Html => html`<p class="unknown"><b>Not known yet:</b> ${what}</p>`;

/** A draft of the notification under Art. 33 GDPR, in the order of its third paragraph; what is not known is said (Art. 33(4)). */
export function gdprHtml(document: IncidentDocument): string {
  const { figures: f, host } = document;
  const body = html`<main><p class="lead">Notification of a personal data breach to the supervisory authority, Art. 33 GDPR. A draft: whoever signs it checks it.</p>
<dl><dt>Controller</dt><dd>${host.name ? html`<bdi>${host.name}</bdi>` : 'not known yet'}</dd><dt>Established in</dt><dd>${host.country ? countryName(host.country) : 'not known yet'}</dd>
<dt>Became aware</dt><dd>${f.noticedAt ? time(f.noticedAt) : 'not known yet'}</dd><dt>Breach began</dt><dd>${f.since ? time(f.since) : 'not known yet'}</dd>
<dt>Breach ended</dt><dd>${f.stoppedAt && f.accountsSuspended + f.accountsErased >= f.accounts ? time(f.stoppedAt) : 'it may still go on'}</dd><dt>Figures of</dt><dd>${time(f.computedAt)}</dd></dl>
${f.noticedAt ? html`<p class="soft">Art. 33(1) asks for this within 72 hours of becoming aware: by ${time(new Date(Date.parse(f.noticedAt) + 72 * 3_600_000).toISOString())}. Later, it gives the reasons for the delay.</p>` : unknown('when the controller became aware; the 72 hours of Art. 33(1) run from then.')}
<h2>(a) Nature of the breach, people and records</h2><p>${sentences.happened(f)} ${sentences.from(f)}</p>
<p>Categories of data subjects: members of the service who have a verified phone number. Approximate number concerned: <b>${figure(f.membersExposed)}</b>, from the ledger, so exact.</p>
<p>Categories of records: cards (name, handle, picture), shown to accounts that held the person’s phone number already. Approximate number of records: <b>${figure(f.cardsRevealed)}</b> cards shown.</p>
<p>${f.membersExposed > 0 ? sentences.how(f) : ''} ${sentences.protectedTotal(f)}</p>
<ul>${protections(f).map(([count, why]) => html`<li>${figure(count)} ${why}.</li>`)}</ul>
<h3>Not exactly known</h3>${boundsList(f)}
<h2>(b) Contact</h2>${host.contact ? html`<p><bdi>${host.name}</bdi>, <bdi>${host.contact}</bdi></p>` : unknown('name and contact details of the data protection officer or another contact point.')}
<h2>(c) Likely consequences</h2><p>Whoever ran the accounts can connect the phone number they had with the name, handle and picture of each person exposed. That can be used for unwanted contact, for impersonation, and for telling who is behind an account that does not carry a name; the risk is high for people whose safety depends on that. No number, message, password or address book was disclosed to them.</p>
${document.attribution ? html`<p>On who was behind it, with ${document.attribution.confidence} confidence: <bdi>${document.attribution.sentence}</bdi></p>` : unknown('who was behind the accounts, and so what they mean to do with what they learnt.')}
<p>${sentences.others(f)}</p>
<h2>(d) Measures taken and proposed</h2><ul><li>${sentences.stopped(f)}</li>${document.decisions.map((decision) => html`<li><bdi>${decision}</bdi></li>`)}
<li>Waiting reveals of suspended accounts are withdrawn, and their tokens refused.</li><li>${f.notices.total > 0 ? `Communication to ${counted(f.notices.total, 'data subject')} under Art. 34: one notice each is drafted.` : 'No data subject is to be written to under Art. 34.'}${f.membersErased > 0 ? ` ${counted(f.membersErased, 'person', 'people')} exposed cannot be written to, having left.` : ''}</li></ul>
${document.decisions.length === 0 ? unknown('what is changed so that it does not happen again; decisions of the case are listed here.') : undefined}
<footer><p>Case <bdi>${f.case}</bdi>. Art. 33(4): where information cannot be given at the same time, it may be given in phases.</p></footer></main>`;
  return page({ title: f.name, kicker: 'Art. 33 GDPR · draft', body });
}
