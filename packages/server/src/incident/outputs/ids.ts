import { createHash } from 'node:crypto';

/** STIX 2.1, 2.9: the namespace of ids of cyber-observable objects, and of nothing else. */
const observableSpace = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Ids of everything else that Kith exports: a namespace of its own. */
const kithSpace = '0d6dbb8f-6c0e-5d2c-9a6f-2f0b1a7c4e55';

/** UUIDv5 (RFC 9562, 5.5): the same name in the same namespace is the same id, today and after a new export. */
export function uuidv5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** An id that is the same in every export of one case. */
export const kithId = (name: string): string => uuidv5(kithSpace, name);

/**
 * The id of an observable by the properties that its type contributes, as canonical JSON (RFC 8785): keys in order, no
 * spaces. The values here are strings and whole numbers, for which JSON.stringify is canonical.
 */
export function observableId(type: string, contributing: Readonly<Record<string, string | number>>): string {
  const sorted = Object.fromEntries(Object.entries(contributing).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${type}--${uuidv5(observableSpace, JSON.stringify(sorted))}`;
}
