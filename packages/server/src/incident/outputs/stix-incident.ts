import type { IncidentDocument } from './document.ts';
import type { StixFrame, StixObject } from './stix-frame.ts';
import { sentences } from './words.ts';

/** The Incident Core Extension 2.0 of the OASIS committee for threat intelligence (cti-stix-common-objects). */
const incidentExtension = 'extension-definition--ef765651-680c-498d-9894-99799f2fa126';

const definedAt =
  'https://github.com/oasis-open/cti-stix-common-objects/tree/main/extension-definition-specifications/incident-core';

/** The definition that a reader of the bundle needs to make sense of the incident; its times are the same everywhere. */
export function extensionDefinition(hostId: string): StixObject {
  return {
    type: 'extension-definition',
    spec_version: '2.1',
    id: incidentExtension,
    created_by_ref: hostId,
    created: '2023-03-26T00:00:00.000Z',
    modified: '2023-03-26T00:00:00.000Z',
    name: 'Incident Core Extension',
    description: 'Adds what was determined of an incident, how it was detected, and whom it concerned.',
    schema: `${definedAt}/${incidentExtension}.json`,
    version: '2.0.0',
    extension_types: ['property-extension'],
  };
}

/** Of those exposed only their number: the extension counts individuals. Where budgets left nothing, it was blocked. */
export function incidentOf({ figures: f, state }: IncidentDocument, frame: StixFrame): StixObject {
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
        determination: f.membersExposed > 0 ? 'successful-attempt' : 'blocked',
        investigation_status: state,
        incident_types: ['unauthorized-access'],
        detection_methods: ['automated-tool', 'human-review'],
        impacted_entity_counts: { individual: f.membersExposed },
        recoverability: f.membersExposed > 0 ? 'not-recoverable' : 'not-applicable',
      },
    },
  });
}
