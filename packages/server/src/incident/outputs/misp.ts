import type { Figures } from '@kith/protocol/study';
import { checkMispAttribute, checkMispEvent } from './checks.ts';
import { kithId } from './ids.ts';
import type { IncidentSource } from './source.ts';
import { sentences } from './words.ts';

interface Attribute {
  type: string;
  category: string;
  value: string;
  comment: string;
}

/** `Analysis`: 1 ongoing, 2 completed. `Threat level`: 2 medium. `Distribution`: 0 your organisation only. */
const levels = { ongoing: '1', completed: '2', medium: '2', own: '0' } as const;

/** The incident as an event of MISP (core format), in pieces of text. Nobody who was exposed is in it. */
export async function* mispEvent(source: IncidentSource): AsyncGenerator<string> {
  const { figures: f, host, state } = source.document;
  const scope = `misp/${f.case}`;
  const timestamp = String(Math.floor(Date.parse(f.computedAt) / 1000));
  const head = {
    uuid: kithId(`${scope}/event`),
    info: f.name,
    date: (f.since ?? f.computedAt).slice(0, 10),
    threat_level_id: levels.medium,
    analysis: state === 'closed' ? levels.completed : levels.ongoing,
    distribution: levels.own,
    published: false,
    timestamp,
    Orgc: { name: host.name || 'Host of this service', uuid: kithId(`${scope}/org`) },
    Tag: [{ name: 'tlp:amber' }],
  };
  checkMispEvent(head);
  yield `{"Event":${JSON.stringify(head).slice(0, -1)},"Attribute":[\n`;
  let separator = '';
  for await (const attribute of attributes(source)) {
    const uuid = kithId(`${scope}/${attribute.type}/${attribute.comment}/${attribute.value}`);
    // To be looked at, not to be blocked by machine: an address block has other people behind it.
    const whole = { uuid, ...attribute, to_ids: false, distribution: levels.own, timestamp };
    checkMispAttribute(whole);
    yield `${separator}${JSON.stringify(whole)}`;
    separator = ',\n';
  }
  yield '\n]}}\n';
}

async function* attributes({ document, accounts, prefixes }: IncidentSource): AsyncGenerator<Attribute> {
  const { figures: f, attribution } = document;
  yield comment('What happened', sentences.happened(f));
  yield comment('Who was exposed', sentences.exposed(f));
  yield comment('From where', sentences.from(f));
  yield comment('What was done', sentences.stopped(f));
  yield* counters(f);
  yield { type: 'campaign-name', category: 'Attribution', value: f.name, comment: 'Name of the case' };
  if (attribution) {
    const said = `${attribution.confidence} confidence: ${attribution.sentence}`;
    yield { type: 'threat-actor', category: 'Attribution', value: attribution.actor, comment: said };
  }
  const systems = new Map(
    f.networks.filter(({ asn }) => asn > 0).map(({ asn, operator }) => [asn, operator]),
  );
  for (const [asn, operator] of systems)
    yield { type: 'AS', category: 'Network activity', value: `AS${asn}`, comment: operator };
  let last = '';
  for await (const { prefix } of prefixes()) {
    if (prefix !== last)
      yield {
        type: 'ip-src',
        category: 'Network activity',
        value: prefix,
        comment: 'Traffic left from this block',
      };
    last = prefix;
  }
  for await (const account of accounts())
    yield {
      type: 'text',
      category: 'External analysis',
      value: account,
      comment: 'Account of the attackers',
    };
}

const comment = (name: string, value: string): Attribute => ({
  type: 'comment',
  category: 'Internal reference',
  value,
  comment: name,
});

function counters(f: Figures): Attribute[] {
  const counts: [string, number][] = [
    ['People exposed', f.membersExposed],
    ['Cards shown', f.cardsRevealed],
    ['Members tried and protected', f.membersProtected.total],
    ['Numbers tried', f.numbersTried],
    ['Accounts of the attackers', f.accounts],
    ['Accounts suspended', f.accountsSuspended],
  ];
  return counts.map(([name, value]) => ({
    type: 'counter',
    category: 'Other',
    value: String(value),
    comment: name,
  }));
}
