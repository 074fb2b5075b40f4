import { html } from '@kith/detection';
import type { IncidentDocument } from './document.ts';
import { day, page } from './page.ts';
import { counted, figure, protections, sentences } from './words.ts';

/** A draft of what the host tells everybody: short, complete, and nothing that is not known. */
export function statementHtml(document: IncidentDocument): string {
  const { figures: f, host } = document;
  const us = host.name || 'We';
  const noticed = f.noticedAt ?? document.openedAt;
  const body = html`<main><p class="soft">${day(f.computedAt)}${host.name ? html` · <bdi>${host.name}</bdi>` : undefined}</p>
<h2>What happened</h2><p>On ${day(noticed)} we became aware of a network of fake accounts that used the feature for finding people by phone number in a way it is not for. ${sentences.happened(f)}</p>
<p>${sentences.from(f)} ${sentences.others(f)}</p>
<h2>Who was affected</h2><p>${sentences.exposed(f)} A card is a name, a handle and a picture. No phone number, message, password or address book was shown.</p>
<p>Only people who have a phone number with us, and had chosen that anyone who has it may find them, could be found by it. ${f.membersExposed > 0 ? sentences.how(f) : ''}</p>
${f.membersExposed > f.membersErased ? html`<p>We are writing to each of them${f.membersErased > 0 ? html`; ${counted(f.membersErased, 'person', 'people')} among them no longer ${f.membersErased === 1 ? 'has' : 'have'} an account, and we cannot reach them` : undefined}. Whoever has an account and does not hear from us was not exposed.</p>` : undefined}
<h2>Who was not affected, and why</h2><p>Members who have no phone number with us, or had not chosen to be found by anyone who has it, were not exposed${f.membersExposedMutually > 0 ? ', unless they had saved the number of one of these accounts themselves' : ''}. ${sentences.protectedTotal(f)}</p>
<ul>${protections(f)
    .filter(([count]) => count > 0)
    .map(([count, why]) => html`<li>${figure(count)} ${why}.</li>`)}</ul>
${f.bounds.length > 0 ? html`<p>Some things cannot be known exactly:</p><ul>${f.bounds.map((bound) => html`<li>At most ${figure(bound.atMost)}: ${bound.why}</li>`)}</ul>` : undefined}
<h2>What we have done</h2><ul><li>${sentences.stopped(f)}</li>${document.decisions.map((decision) => html`<li><bdi>${decision}</bdi></li>`)}
<li>Looking for people by number shows cards slowly and in small amounts, and each time a card is shown is written down. That is how we know who was exposed.</li></ul>
<h2>What you can do</h2><p>You choose who can find you by your number: nobody, people whose numbers you have saved too, or anyone who has it. In your settings you can see how often your card was shown.</p>
${document.attribution ? html`<h2>Who was behind it</h2><p><bdi>${document.attribution.sentence}</bdi> We hold this with ${document.attribution.confidence} confidence.</p>` : undefined}
<h2>Contact</h2><p>${host.contact ? html`Questions: <bdi>${host.contact}</bdi>.` : html`<span class="unknown">Not known yet: whom to ask. Set the host’s contact of this case.</span>`}</p>
<p>We are sorry this happened.</p></main>`;
  return page({
    title: `${us === 'We' ? 'An' : `${us}: an`} incident with finding people by phone number`,
    kicker: 'Public statement · draft',
    body,
  });
}
