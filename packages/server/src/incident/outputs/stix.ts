import type { NetworkFigure } from '@kith/protocol/study';
import { checkStix } from './checks.ts';
import { kithId, observableId } from './ids.ts';
import type { IncidentSource } from './source.ts';
import { frameOf, type StixFrame, type StixObject } from './stix-frame.ts';
import { extensionDefinition, incidentOf } from './stix-incident.ts';
import { countryName, sentences } from './words.ts';

/** Scale of STIX 2.1, appendix A: none, low, medium, high. */
const confidences = { low: 15, medium: 50, high: 85 } as const;

/**
 * The incident as a STIX 2.1 bundle, in pieces of text. Attackers' accounts only: nobody who was exposed is in it. Addresses
 * are the blocks that Kith keeps, never single ones.
 */
export async function* stixBundle(source: IncidentSource): AsyncGenerator<string> {
  const { figures } = source.document;
  yield `{"type":"bundle","id":"bundle--${kithId(`${figures.case}/bundle/${figures.computedAt}`)}","objects":[\n`;
  let separator = '';
  for await (const object of stixObjects(source)) {
    checkStix(object);
    yield `${separator}${JSON.stringify(object)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

export async function* stixObjects(source: IncidentSource): AsyncGenerator<StixObject> {
  const { document } = source;
  const { figures: f, host, openedAt } = document;
  const hostId = `identity--${kithId(`${f.case}/identity/host`)}`;
  const frame = frameOf(f.case, openedAt, f.computedAt, hostId);
  yield frame.make('identity', 'host', {
    name: host.name || 'Host of this service',
    identity_class: 'organization',
    ...(host.contact && { contact_information: host.contact }),
  });
  yield extensionDefinition(hostId);
  const campaign = campaignOf(source, frame);
  const pattern = patternOf(frame);
  const measure = measureOf(source, frame);
  const incident = incidentOf(document, frame);
  yield* [incident, campaign, pattern, measure];
  yield frame.relate(campaign.id, 'associated-with', incident.id);
  yield frame.relate(incident.id, 'impacts', hostId);
  yield frame.relate(campaign.id, 'uses', pattern.id);
  yield frame.relate(measure.id, 'mitigates', pattern.id);
  yield* actorOf(source, frame, campaign.id);
  yield* accountsOf(source, frame, campaign.id);
  yield* networksOf(source, frame, campaign.id);
}

function campaignOf({ document: { figures: f } }: IncidentSource, frame: StixFrame): StixObject {
  return frame.make('campaign', 'campaign', {
    name: f.name,
    description: `${sentences.happened(f)} ${sentences.exposed(f)} ${sentences.others(f)}`,
    objective: 'To learn which members of a service phone numbers belong to.',
    ...(f.since && { first_seen: f.since }),
    ...(f.until && { last_seen: f.until }),
  });
}

function patternOf(frame: StixFrame): StixObject {
  return frame.make('attack-pattern', 'enumeration', {
    name: 'Enumeration of members by phone number',
    description:
      'Fake accounts upload generated or leaked phone numbers as if they were address books, so that contact discovery tells them who owns each.',
    external_references: [{ source_name: 'mitre-attack', external_id: 'T1589' }],
  });
}

function measureOf({ document }: IncidentSource, frame: StixFrame): StixObject {
  return frame.make('course-of-action', 'suspension', {
    name: 'Suspension of the accounts as one action',
    description: [sentences.stopped(document.figures), ...document.decisions].join(' '),
  });
}

/** An actor is named by a human with a confidence, or not at all. */
function actorOf({ document }: IncidentSource, frame: StixFrame, campaignId: string): StixObject[] {
  const { attribution } = document;
  if (!attribution) return [];
  const confidence = confidences[attribution.confidence];
  const actor = frame.make('threat-actor', attribution.actor, {
    name: attribution.actor,
    description: attribution.sentence,
    threat_actor_types: ['unknown'],
    confidence,
  });
  return [actor, frame.relate(campaignId, 'attributed-to', actor.id, { confidence })];
}

async function* accountsOf(
  { document: { figures }, accounts }: IncidentSource,
  frame: StixFrame,
  campaignId: string,
): AsyncGenerator<StixObject> {
  if (figures.accounts === 0) return;
  const network = frame.make('infrastructure', 'accounts', {
    name: `Accounts of ${figures.name}`,
    infrastructure_types: ['reconnaissance'],
    ...(figures.since && { first_seen: figures.since }),
    ...(figures.until && { last_seen: figures.until }),
  });
  yield network;
  yield frame.relate(campaignId, 'uses', network.id);
  for await (const account of accounts()) {
    const id = observableId('user-account', { user_id: account });
    yield { type: 'user-account', spec_version: '2.1', id, user_id: account };
    yield frame.relate(network.id, 'consists-of', id);
  }
}

const nameOf = ({ asn, country }: Pick<NetworkFigure, 'asn' | 'country'>): string => `AS${asn}/${country}`;

/** Networks that the traffic left from, with their address blocks, and the countries of the networks. */
async function* networksOf(
  { document: { figures }, prefixes }: IncidentSource,
  frame: StixFrame,
  campaignId: string,
): AsyncGenerator<StixObject> {
  const known = figures.networks.filter(({ asn, country }) => asn > 0 || country !== '');
  const locations = new Map<string, string>();
  for (const { country } of figures.countries.filter(({ country: code }) => /^[A-Z]{2}$/.test(code))) {
    const location = frame.make('location', country, { name: countryName(country), country });
    locations.set(country, location.id);
    yield location;
  }
  const systems = new Set<string>();
  for (const network of known) {
    const infrastructure = infrastructureOf(network, frame);
    yield infrastructure;
    yield frame.relate(campaignId, 'uses', infrastructure.id);
    yield* systemOf(network, frame, infrastructure.id, systems);
    const location = locations.get(network.country);
    if (location) yield frame.relate(infrastructure.id, 'located-at', location);
  }
  let last = '';
  for await (const { prefix, asn, country } of prefixes()) {
    const type = prefix.includes(':') ? 'ipv6-addr' : 'ipv4-addr';
    const id = observableId(type, { value: prefix });
    if (prefix !== last) yield { type, spec_version: '2.1', id, value: prefix };
    last = prefix;
    if (asn > 0 || country !== '') {
      const owner = infrastructureOf({ asn, country, operator: '' }, frame).id;
      yield frame.relate(owner, 'consists-of', id);
    }
  }
}

function infrastructureOf(
  network: Pick<NetworkFigure, 'asn' | 'country' | 'operator'>,
  frame: StixFrame,
): StixObject {
  const operator = network.operator || (network.asn > 0 ? `AS${network.asn}` : 'Unknown network');
  return frame.make('infrastructure', nameOf(network), {
    name: network.country ? `${operator}, ${countryName(network.country)}` : operator,
    infrastructure_types: ['reconnaissance'],
  });
}

function systemOf(
  { asn, operator }: NetworkFigure,
  frame: StixFrame,
  infrastructureId: string,
  seen: Set<string>,
): StixObject[] {
  if (asn <= 0) return [];
  const id = observableId('autonomous-system', { number: asn });
  const relation = frame.relate(infrastructureId, 'consists-of', id);
  if (seen.has(id)) return [relation];
  seen.add(id);
  const system = { type: 'autonomous-system', spec_version: '2.1', id, number: asn };
  return [operator ? { ...system, name: operator } : system, relation];
}
