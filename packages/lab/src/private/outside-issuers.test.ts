import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { KithError } from '@kith/client';
import {
  answerKeyRequest,
  encodeIssuerSet,
  type IssuerShare,
  loadFastPairing,
  type Pairing,
  type RandomBytes,
} from '@kith/protocol/crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { midEpochMs, type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';
import { shareSecret } from './share-secret.ts';

const threshold = 2;
const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** How an issuer behaves. */
type Manner = 'honest' | 'lying' | 'silent' | 'broken';

let world: PrivateWorld;
let pairing: Pairing;
const servers: Server[] = [];
const manners: Manner[] = ['honest', 'honest', 'honest'];
const asked: { index: number; headers: IncomingMessage['headers'] }[] = [];

beforeAll(async () => {
  pairing = await loadFastPairing();
  const { set, shares } = shareSecret(pairing, threshold, 3, random);
  const urls = await Promise.all(shares.map(startIssuer));
  const message = Buffer.from(encodeIssuerSet(set).serialize()).toString('base64url');
  world = await startPrivateWorld({ issuers: { set: message, urls } });
});
afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections();
  await world?.stop();
});
afterEach(() => {
  manners.fill('honest');
  asked.length = 0;
});

/** An issuer with its share, behaving as told; who is asked for what is its own to judge, not these tests'. */
async function startIssuer(share: IssuerShare): Promise<string> {
  const server = createServer((request, response) => answer(share, request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
}

function answer({ index, secret }: IssuerShare, request: IncomingMessage, response: ServerResponse): void {
  asked.push({ index, headers: request.headers });
  const manner = manners[index - 1];
  if (manner === 'silent') return void response.destroy();
  if (manner === 'broken') return void response.writeHead(500).end();
  const [, payload = ''] = (request.headers.authorization ?? '').split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
  const epoch = Number(new URL(request.url ?? '', 'http://issuer').searchParams.get('epoch'));
  const share = { index, secret: manner === 'lying' ? pairing.randomScalar(random) : secret };
  response.end(answerKeyRequest(pairing, share, { number: sub, epoch }).serialize());
}

describe('two of three issuers outside the service', () => {
  it.each<[string, Manner[]]>([
    ['all honest', ['honest', 'honest', 'honest']],
    ['the first silent', ['silent', 'honest', 'honest']],
    ['the second broken', ['honest', 'broken', 'honest']],
    ['the third lying', ['honest', 'honest', 'lying']],
  ])('make the same keys: %s', async (name, given) => {
    const [ada, bob] = [await world.join(`ada, ${name}`), await world.join(`bob, ${name}`)];
    await ada.finds([bob.number], { ways: ['mutual'] });
    for (const [at, manner] of given.entries()) manners[at] = manner;
    const found = await bob.finds([ada.number], { ways: ['mutual'] });
    expect(shown(found)).toEqual({ [ada.id]: 'mutual' });
    if (found.lyingIssuers) expect(found.lyingIssuers).toEqual([3]);
  });

  it('are asked with the attestation alone: no token, no device', async () => {
    const cem = await world.join('cem');
    await cem.device({ deviceId: 'd-1' }).findPeople([world.newNumber()], { ways: ['mutual'] });
    expect(asked).toHaveLength(threshold);
    for (const { headers } of asked) {
      expect(headers['kith-device']).toBeUndefined();
      const [, payload] = (headers.authorization ?? '').split('.');
      const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { aud: string };
      expect(claims.aud).toBe('kith-issuer');
    }
  });

  it('name the liar among them, once it was asked', async () => {
    manners[0] = 'lying';
    const named: unknown[] = [];
    // Each is asked by two in three.
    for (let member = 0; named.length === 0 && member < 30; member += 1) {
      asked.length = 0;
      const dia = await world.join(`dia-${member}`);
      const { lyingIssuers } = await dia.finds([world.newNumber()], { ways: ['mutual'] });
      if (asked.some(({ index }) => index === 1)) named.push(lyingIssuers);
    }
    expect(named.length).toBeGreaterThan(0);
    expect(named).toEqual(named.map(() => [1]));
  });

  it.each<[string, Manner, string]>([
    ['lie', 'lying', 'keys_invalid'],
    ['are silent', 'silent', 'issuers_unavailable'],
    ['are broken', 'broken', 'issuers_unavailable'],
  ])('cannot be replaced by one: where two %s nothing of the book is sent', async (_name, manner, code) => {
    manners[0] = manner;
    manners[1] = manner;
    const eva = await world.join(`eva ${manner}`);
    const sent: string[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      sent.push(new URL(String(url)).pathname);
      return globalThis.fetch(url, init);
    };
    const error = await eva
      .device({ fetch })
      .findPeople([world.newNumber()])
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KithError);
    expect((error as KithError).code).toBe(code);
    expect(sent).not.toContain('/v1/me/slots');
    expect(world.kith.clock.now()).toBe(midEpochMs);
  });
});
