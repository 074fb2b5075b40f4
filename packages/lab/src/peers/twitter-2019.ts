/**
 * A model of the contact-upload endpoint as the world knew it in 2019: numbers in, names out.
 *
 * From the disclosure of 3 February 2020 and the press before it: an account uploads a list of numbers and is answered
 * with the accounts that own them; only members who have a number and left "let people who have your phone number find
 * you" on are named; lists of sequential numbers are refused, shuffled lists are not; no other limit was published.
 * Two billion numbers matched seventeen million accounts that way in two months.
 *
 * What is modelled and what is not: the answer, the setting and the refusal are; accounts, their age and addresses
 * make no difference because none was reported; the table of numbers is a hash map in memory.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Card } from '@kith/protocol';

/** A member of the 2019 service, with the one setting that it had. */
export interface Endpoint2019Member {
  id: string;
  number: string;
  card: Card;
  /** "Let people who have your phone number find you on Twitter". */
  letPeopleFindMe: boolean;
}

/** `POST /contacts/upload` with `{numbers}` answers `{users}`, number and name side by side. */
export interface Endpoint2019Answer {
  users: { number: string; id: string; name: string; handle: string }[];
}

export interface Endpoint2019 {
  origin: string;
  stop(): Promise<void>;
}

interface Listed {
  id: string;
  card: Card;
}

const bodyBytesMax = 64 * 1024 * 1024;

export async function startEndpoint2019(members: Iterable<Endpoint2019Member>): Promise<Endpoint2019> {
  const directory = new Map<string, Listed>();
  for (const { id, number, card, letPeopleFindMe } of members) {
    if (letPeopleFindMe) directory.set(number, { id, card });
  }
  const server = createServer((request, response) => {
    answer(directory, request, response).catch(() => send(response, 400, { error: 'body_invalid' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => stop(server),
  };
}

async function answer(
  directory: ReadonlyMap<string, Listed>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/contacts/upload') {
    return send(response, 404, { error: 'not_found' });
  }
  const { numbers } = JSON.parse(await readBody(request)) as { numbers: string[] };
  if (isSequential(numbers)) return send(response, 400, { error: 'sequential_numbers' });
  send(response, 200, { users: match(directory, numbers) } satisfies Endpoint2019Answer);
}

function match(directory: ReadonlyMap<string, Listed>, numbers: readonly string[]) {
  return numbers.flatMap((number): Endpoint2019Answer['users'] => {
    const listed = directory.get(number);
    if (listed === undefined) return [];
    return [{ number, id: listed.id, name: listed.card.name, handle: listed.card.handle }];
  });
}

/** Lists shorter than this are anybody's family: two brothers with neighbouring numbers are no attack. */
const sequentialLengthMin = 10;

/** More than half of the numbers follow directly on the one before them. */
export function isSequential(numbers: readonly string[]): boolean {
  if (numbers.length < sequentialLengthMin) return false;
  let runs = 0;
  for (let at = 1; at < numbers.length; at += 1) {
    if (Number(numbers[at]) - Number(numbers[at - 1]) === 1) runs += 1;
  }
  return runs > (numbers.length - 1) / 2;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
