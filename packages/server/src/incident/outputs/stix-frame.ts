import { kithId } from './ids.ts';

export interface StixObject {
  type: string;
  id: string;
  [name: string]: unknown;
}

/** What every object of one export shares. */
export interface StixFrame {
  make(type: string, name: string, rest: Record<string, unknown>): StixObject;
  relate(from: string, how: string, to: string, rest?: Record<string, unknown>): StixObject;
}

/**
 * Objects with ids and times of the case: an export that is made again updates the one before.
 *
 * @param scope case id, which ids are made of
 */
export function frameOf(scope: string, created: string, modified: string, host: string): StixFrame {
  const times = { spec_version: '2.1', created, modified, created_by_ref: host };
  return {
    make: (type, name, rest) => ({
      type,
      id: `${type}--${kithId(`${scope}/${type}/${name}`)}`,
      ...times,
      ...rest,
    }),
    relate: (from, how, to, rest = {}) => ({
      type: 'relationship',
      id: `relationship--${kithId(`${scope}/${from}/${how}/${to}`)}`,
      ...times,
      relationship_type: how,
      source_ref: from,
      target_ref: to,
      ...rest,
    }),
  };
}
