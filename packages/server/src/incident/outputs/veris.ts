import type { IncidentDocument } from './document.ts';
import { kithId } from './ids.ts';
import { sentences } from './words.ts';

/** The incident as a VERIS 1.4 record: what it was, not whom it met. What is not known says Unknown. */
export function verisRecord(document: IncidentDocument): object {
  const { figures: f, host } = document;
  const began = new Date(f.since ?? document.openedAt);
  return {
    schema_version: '1.4.0',
    incident_id: kithId(`veris/${f.case}`),
    source_id: 'kith',
    reference: f.case,
    security_incident: 'Confirmed',
    confidence: 'High',
    summary: [
      sentences.happened(f),
      sentences.exposed(f),
      sentences.protectedTotal(f),
      sentences.from(f),
      sentences.stopped(f),
    ].join(' '),
    timeline: {
      incident: { year: began.getUTCFullYear(), month: began.getUTCMonth() + 1, day: began.getUTCDate() },
    },
    victim: {
      ...(host.name && { victim_id: host.name }),
      employee_count: 'Unknown',
      industry: '51',
      country: [/^[A-Z]{2}$/.test(host.country) ? host.country : 'Unknown'],
      government: ['NA'],
    },
    actor: { external: actorOf(document) },
    action: {
      hacking: {
        variety: ['Abuse of functionality'],
        vector: ['Web application'],
        result: ['Exfiltrate'],
        notes:
          'Contact discovery was asked about numbers that no address book holds, by accounts made for it.',
      },
    },
    asset: { assets: [{ variety: 'S - Web application' }], cloud: ['Unknown'] },
    attribute: {
      confidentiality: {
        data_disclosure: f.membersExposed > 0 ? 'Yes' : 'No',
        data_total: f.membersExposed,
        data: [{ variety: 'Personal', amount: f.membersExposed }],
        data_victim: ['Customer'],
        state: ['Stored'],
      },
    },
    discovery_method: { internal: { variety: ['Fraud detection'] } },
    targeted: 'Targeted',
    impact: { overall_rating: 'Unknown' },
    ...(document.decisions.length > 0 && { corrective_action: document.decisions.join(' ') }),
  };
}

/** Countries of addresses are not countries of actors: only a human names one. */
function actorOf({ attribution }: IncidentDocument): object {
  const unknown = { variety: ['Unknown'], motive: ['Unknown'], country: ['Unknown'], region: ['000000'] };
  if (!attribution) return unknown;
  return {
    ...unknown,
    name: [attribution.actor],
    notes: `${attribution.confidence} confidence: ${attribution.sentence}`,
  };
}
