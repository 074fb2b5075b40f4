import { toHex } from '../bytes.ts';
import type { Group } from '../group/group.ts';
import { buildBucket } from '../open/bucket.ts';
import { bucketOf, deriveDayKeys, deriveOpenKeys, openInput } from '../open/open-keys.ts';
import { sealTicket } from '../open/sealed-ticket.ts';
import { restOfHints, shortenHints } from '../open/short-hints.ts';
import { mintTicket } from '../open/ticket.ts';
import { streamOf } from '../random.testing.ts';
import { generateVoprfKeys } from '../voprf/keys.ts';
import { blind, evaluateBatch, finalize } from '../voprf/voprf.ts';
import { BucketPartsAnswer, BucketPartsRequest } from '../wire/bucket-parts.ts';
import { OprfRequest } from '../wire/oprf-request.ts';
import { OprfResponse } from '../wire/oprf-response.ts';
import { Reveals } from '../wire/reveals.ts';

const KEY_VERSION = 3;
const DAY = 20_779;
const PREFIX_BITS = 2;

/** One client asking for three numbers, one bucket, and the tickets in it. */
export function openVectors(group: Group): object {
  const random = streamOf('kith vectors open');
  const keys = generateVoprfKeys(group, random);
  const numbers = ['+12025550123', '+442079460000', '+33612345678'];
  const state = blind(group, numbers.map(openInput), random);
  const evaluation = evaluateBatch(group, keys, state.elements, random);
  const outputs = finalize(group, keys.publicKey, state, evaluation);
  const ticketKey = random(32);
  const members = numbers.map((number, i) => {
    const output = outputs[i] as Uint8Array;
    const open = deriveOpenKeys(output, KEY_VERSION);
    const day = deriveDayKeys(open.secret, DAY);
    const handle = random(16);
    const ticket = mintTicket(ticketKey, handle, DAY);
    return { number, output, open, day, handle, ticket, sealed: sealTicket(day.sealingKey, ticket) };
  });
  const prefix = bucketOf((members[0] as (typeof members)[0]).open.tag, PREFIX_BITS);
  const header = { keyVersion: KEY_VERSION, day: DAY, prefixBits: PREFIX_BITS, prefix };
  const inBucket = members.filter(({ open }) => bucketOf(open.tag, PREFIX_BITS) === prefix);
  const entries = inBucket.map(({ day, sealed }) => ({ hint: day.hint, sealedTicket: sealed }));
  const bucket = buildBucket(header, entries, 4, random);
  const parts = [shortenHints(bucket.hints), restOfHints(bucket.hints), bucket.sealedTicketAt(0)];
  return {
    about: 'Open discovery: docs/protocol.md, "Open discovery". All values are hexadecimal.',
    keyVersion: KEY_VERSION,
    day: DAY,
    secretKey: toHex(keys.secretKey),
    publicKey: toHex(keys.publicKey),
    blinds: toHex(state.blinds),
    request: toHex(new OprfRequest(KEY_VERSION, state.elements).serialize()),
    response: toHex(new OprfResponse(KEY_VERSION, evaluation).serialize()),
    ticketKey: toHex(ticketKey),
    members: members.map(({ number, output, open, day, handle, ticket, sealed }) => ({
      number,
      output: toHex(output),
      tag: toHex(open.tag),
      secret: toHex(open.secret),
      hint: toHex(day.hint),
      sealingKey: toHex(day.sealingKey),
      handle: toHex(handle),
      ticket: toHex(ticket),
      sealedTicket: toHex(sealed),
      bucket: bucketOf(open.tag, PREFIX_BITS),
    })),
    prefixBits: PREFIX_BITS,
    prefix,
    bucket: toHex(bucket.serialize()),
    hints: toHex(bucket.serializeHints()),
    partsRequest: toHex(
      new BucketPartsRequest(
        header,
        parts.map((_, part) => ({ prefix, part })),
      ).serialize(),
    ),
    parts: toHex(new BucketPartsAnswer(header, parts).serialize()),
    reveals: toHex(new Reveals(members[0]?.ticket as Uint8Array).serialize()),
  };
}
