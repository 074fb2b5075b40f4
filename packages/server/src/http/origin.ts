import { addressPrefix, type Networks } from '@kith/detection';
import type { FastifyRequest } from 'fastify';
import type { Origin } from '../budgets/scopes.ts';

const headerCharactersMax = 200;

/** A number in E.164 form, however set apart: what apps say of themselves goes into the ledger, and no number may. */
const numberLike = /\+[\s().-]*\d(?:[\s().\-/]*\d){6,14}/g;

/** Where a request comes from: the address's prefix and network, never the address itself. */
export function originOf(request: FastifyRequest, networks: Networks | undefined): Origin {
  const network = networks?.lookup(request.ip);
  const prefix = network?.prefix ?? addressPrefix(request.ip);
  const device = text(request.headers['kith-device']);
  const client = text(request.headers['user-agent'])?.replace(numberLike, '[number]');
  return {
    ...(prefix && { prefix }),
    ...(network?.asn !== undefined && { network: network.asn }),
    ...(network?.country && { country: network.country }),
    ...(network?.operator && { operator: network.operator }),
    ...(network && network.kind !== 'unknown' && { networkKind: network.kind }),
    // Under a name that all numbers share, strangers would share a budget: rather no device at all.
    ...(device && device.search(numberLike) < 0 && { device }),
    ...(client && { client }),
  };
}

function text(header: string | string[] | undefined): string | undefined {
  return (Array.isArray(header) ? header[0] : header)?.slice(0, headerCharactersMax);
}
