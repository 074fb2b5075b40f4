import { Problem } from '@kith/protocol';
import { Figures } from '@kith/protocol/study';
import { Compile } from 'typebox/compile';
import type { StixObject } from './stix-frame.ts';

type Shape = Readonly<Record<string, 'string' | 'number' | 'array' | 'object' | 'boolean'>>;

const timed: Shape = { spec_version: 'string', created: 'string', modified: 'string' };

/** What STIX 2.1 requires of each type that is exported, beside `type` and `id`. */
const stixShapes: Readonly<Record<string, Shape>> = {
  identity: { ...timed, name: 'string' },
  'extension-definition': {
    ...timed,
    created_by_ref: 'string',
    name: 'string',
    schema: 'string',
    version: 'string',
    extension_types: 'array',
  },
  incident: { ...timed, name: 'string', extensions: 'object' },
  campaign: { ...timed, name: 'string' },
  infrastructure: { ...timed, name: 'string' },
  'attack-pattern': { ...timed, name: 'string' },
  'course-of-action': { ...timed, name: 'string' },
  'threat-actor': { ...timed, name: 'string', confidence: 'number' },
  location: { ...timed, country: 'string' },
  relationship: { ...timed, relationship_type: 'string', source_ref: 'string', target_ref: 'string' },
  'user-account': { user_id: 'string' },
  'autonomous-system': { number: 'number' },
  'ipv4-addr': { value: 'string' },
  'ipv6-addr': { value: 'string' },
};

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const stixTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Checks an object before it leaves, where the published schemas are not at hand.
 *
 * @throws Problem `output_invalid`
 */
export function checkStix(object: StixObject): void {
  const shape = stixShapes[object.type];
  if (!shape) throw invalid(`stix.json: ${object.type} is not a type that is exported`);
  if (!new RegExp(`^${object.type}--${uuid}$`).test(object.id))
    throw invalid(`stix.json: ${object.id} is not an id of ${object.type}`);
  checkShape(`stix.json: ${object.type}`, object, shape);
  for (const name of ['created', 'modified', 'first_seen', 'last_seen']) {
    const value = object[name];
    if (value !== undefined && !stixTime.test(String(value)))
      throw invalid(`stix.json: ${name} of ${object.id} is not a time in milliseconds`);
  }
}

/** @throws Problem `output_invalid` */
export function checkVeris(record: object): void {
  checkShape('veris.json', record as Record<string, unknown>, {
    schema_version: 'string',
    incident_id: 'string',
    security_incident: 'string',
    summary: 'string',
    timeline: 'object',
    victim: 'object',
    actor: 'object',
    action: 'object',
    asset: 'object',
    attribute: 'object',
    discovery_method: 'object',
  });
}

/** Which of MISP's types stand under which of its categories, of those that are exported (describeTypes of MISP 2.5). */
const mispCategories: Readonly<Record<string, readonly string[]>> = {
  'Internal reference': ['comment'],
  Other: ['counter'],
  Attribution: ['campaign-name', 'threat-actor'],
  'Network activity': ['AS', 'ip-src'],
  'External analysis': ['text'],
};

/** @throws Problem `output_invalid` */
export function checkMispEvent(event: object): void {
  checkShape('misp.json: the event', event as Record<string, unknown>, {
    uuid: 'string',
    info: 'string',
    date: 'string',
    timestamp: 'string',
    Orgc: 'object',
  });
}

/** @throws Problem `output_invalid` */
export function checkMispAttribute(attribute: Readonly<Record<string, unknown>>): void {
  const { type, category, uuid: id } = attribute;
  checkShape('misp.json: an attribute', attribute, { uuid: 'string', value: 'string', to_ids: 'boolean' });
  if (!mispCategories[String(category)]?.includes(String(type)))
    throw invalid(`misp.json: ${type} does not stand under ${category}`);
  if (!new RegExp(`^${uuid}$`).test(String(id))) throw invalid(`misp.json: ${id} is no UUID`);
}

const isActive = /^<(?:script|link|iframe|object|embed|base|form)\b|\s(?:src|srcset|on\w+)=|url\(/i;

/**
 * A page that is handed on stands alone: it runs nothing and fetches nothing, whatever somebody has called themselves.
 *
 * @throws Problem `output_invalid`
 */
export function checkPage(name: string, html: string): string {
  if (!html.startsWith('<!doctype html>')) throw invalid(`${name} is no HTML page`);
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  const active = tags.find((tag) => isActive.test(tag.replace(/(?<!style)="[^"]*"/g, '=')));
  if (active) throw invalid(`${name} would run or fetch something: ${active}`);
  return html;
}

const figuresShape = Compile(Figures);

/** @throws Problem `output_invalid` where figures are not as they are published */
export function checkFigures(figures: unknown): void {
  const [error] = figuresShape.Errors(figures);
  if (error) throw invalid(`figures.json: ${error.instancePath} ${error.message}; compute the exposure anew`);
}

function checkShape(where: string, value: Readonly<Record<string, unknown>>, shape: Shape): void {
  for (const [name, kind] of Object.entries(shape)) {
    const found = value[name];
    const is = Array.isArray(found) ? 'array' : typeof found;
    if (is !== kind || found === '' || found === null) throw invalid(`${where} has no ${name} (${kind})`);
  }
}

const invalid = (detail: string): Problem => new Problem('output_invalid', detail);
