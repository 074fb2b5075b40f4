import type { IncidentDocument } from './document.ts';
import type { StixFrame, StixObject } from './stix-frame.ts';
import { sentences } from './words.ts';

/** Incident core and impact, two of the OASIS incident extensions (cti-stix-common-objects). */
export const incidentExtension = 'extension-definition--ef765651-680c-498d-9894-99799f2fa126';
export const impactExtension = 'extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9';

const definedAt =
  'https://github.com/oasis-open/cti-stix-common-objects/tree/main/extension-definition-specifications/incident-core';
/** Times of the definitions' own, so that they are the same in every bundle. */
const times = {
  spec_version: '2.1',
  created: '2021-12-02T00:00:00.000Z',
  modified: '2021-12-02T00:00:00.000Z',
};

/** The definitions that a reader of the bundle needs to make sense of the incident. */
export function extensionDefinitions(hostId: string): StixObject[] {
  const made = { ...times, type: 'extension-definition', created_by_ref: hostId, version: '1.0.0' };
  return [
    {
      ...made,
      id: incidentExtension,
      name: 'Incident Core Extension',
      description: 'Adds what was determined of an incident, how it was detected, and its impacts.',
      schema: `${definedAt}/${incidentExtension}.json`,
      extension_types: ['property-extension'],
    },
    {
      ...made,
      id: impactExtension,
      name: 'Impact Core Extension',
      description: 'Adds the impact object: what an incident cost, and whom.',
      schema: `${definedAt}/impact/${impactExtension}.json`,
      extension_types: ['new-sdo'],
    },
  ];
}

export function incidentOf(
  { figures: f, state }: IncidentDocument,
  frame: StixFrame,
  impactRefs: readonly string[],
): StixObject {
  const sentenced = [
    sentences.happened(f),
    sentences.exposed(f),
    sentences.protectedTotal(f),
    sentences.stopped(f),
  ];
  return frame.make('incident', 'incident', {
    name: f.name,
    description: sentenced.join(' '),
    extensions: {
      [incidentExtension]: {
        extension_type: 'property-extension',
        determination: f.membersExposed > 0 ? 'successful-attempt' : 'failed-attempt',
        investigation_status: state,
        incident_types: ['data-exfiltration'],
        detection_methods: ['automated-tool', 'human-review'],
        impacted_entity_counts: { individual: f.membersExposed },
        recoverability: 'not-recoverable',
        impact_refs: impactRefs,
      },
    },
  });
}

/** Cards shown: what was seen cannot be unseen. */
export function impactOf({ figures: f }: IncidentDocument, frame: StixFrame): StixObject {
  return frame.make('impact', 'confidentiality', {
    impact_category: 'confidentiality',
    description: sentences.exposed(f),
    impacted_entity_counts: { individual: f.membersExposed },
    recoverability: 'not-recoverable',
    ...(f.firstRevealAt && { start_time: f.firstRevealAt }),
    ...(f.lastRevealAt && { end_time: f.lastRevealAt }),
    extensions: {
      [impactExtension]: { extension_type: 'new-sdo' },
      confidentiality: {
        information_type: 'pii',
        loss_type: f.membersExposed > 0 ? 'confirmed-loss' : 'none',
        record_count: f.membersExposed,
      },
    },
  });
}
