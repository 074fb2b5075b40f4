import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  acceptKeys,
  combineAnswers,
  IssuerSetMessage,
  loadFastPairing,
  MemberKeysAnswer,
  type Pairing,
  readIssuerSet,
} from '@kith/protocol/crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../budgets/policy.ts';
import { number, startTestHall, type TestHall } from '../testing.ts';
import { advanceCeremony, type CeremonyProgress, planCeremony } from './ceremony.ts';
import { type RunningIssuer, startIssuer } from './issuer-server.ts';
import { readShare } from './share-file.ts';

let pairing: Pairing;
let folder: string;

beforeAll(async () => {
  pairing = await loadFastPairing();
  folder = await mkdtemp(join(tmpdir(), 'kith-ceremony-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function keysOf(hall: TestHall, id: string, query = '') {
  const { token } = await hall.tokens.issue(id);
  const response = await fetch(`${hall.origin}/v1/me/keys${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  return { response, bytes: new Uint8Array(await response.clone().arrayBuffer()) };
}

describe('the issuer inside the service', () => {
  let hall: TestHall;

  beforeAll(async () => {
    hall = await startTestHall();
    await hall.member('ann', { phone: number(1), discoverable: 'mutual' });
    await hall.member('bob', { discoverable: 'mutual' });
  });
  afterAll(() => hall.stop());

  it('gives a member keys for its own number that the published keys vouch for', async () => {
    const { body } = await hall.as('ann')('GET', '/v1/parameters');
    const set = readIssuerSet(pairing, IssuerSetMessage.deserialize(Buffer.from(body.issuers, 'base64url')));
    const answer = MemberKeysAnswer.deserialize((await keysOf(hall, 'ann')).bytes);
    const request = { number: number(1), epoch: body.epochs.current };
    const { keys, liars } = combineAnswers(pairing, set, request, [answer]);
    expect(liars).toEqual([]);
    expect(() => acceptKeys(pairing, set.whole, keys, number(2), request.epoch)).toThrow(
      /not made by the issuers/,
    );
  });

  it('gives none without a number, and none for another epoch', async () => {
    expect((await (await keysOf(hall, 'bob')).response.json()).code).toBe('phone_missing');
    expect((await (await keysOf(hall, 'ann', '?epoch=7')).response.json()).code).toBe('epoch_invalid');
  });
});

describe('issuers outside the service', () => {
  let hall: TestHall;
  let issuers: RunningIssuer[];
  const place = (index: number) => ({
    folder,
    index,
    stateFile: join(folder, `${index}.state`),
    shareFile: join(folder, `${index}.share`),
  });

  beforeAll(async () => {
    await planCeremony(folder, 2, 3);
    const last = new Map<number, CeremonyProgress>();
    for (let round = 0; round < 4; round += 1) {
      for (const index of [1, 2, 3]) last.set(index, await advanceCeremony(place(index)));
    }
    expect(new Set([...last.values()].map(({ transcript }) => transcript)).size).toBe(1);
    let jwksUrl = '';
    const set = (await readFile(join(folder, 'issuers.txt'), 'utf8')).trim();
    hall = await startTestHall({ issuers: { set, urls: ['http://1', 'http://2', 'http://3'] } });
    jwksUrl = `${hall.origin}/v1/attestation-keys`;
    issuers = await Promise.all(
      [1, 2, 3].map(async (index) =>
        startIssuer({
          share: await readShare(place(index).shareFile),
          jwksUrl,
          policy: defaultPolicy,
          now: () => hall.clock.now,
        }),
      ),
    );
    await hall.member('ann', { phone: number(1), discoverable: 'mutual' });
  });
  afterAll(async () => {
    await Promise.all(issuers.map((issuer) => issuer.stop()));
    await hall.stop();
  });

  async function ask(issuer: RunningIssuer, attestation: string) {
    return fetch(`${issuer.origin}/v1/issue`, {
      method: 'POST',
      headers: { authorization: `Bearer ${attestation}` },
    });
  }

  it('make one and the same key, whichever of them are asked, from the attestation of the service', async () => {
    const { body } = await hall.as('ann')('GET', '/v1/parameters');
    expect(body.issuerUrls).toEqual(['http://1', 'http://2', 'http://3']);
    const set = readIssuerSet(pairing, IssuerSetMessage.deserialize(Buffer.from(body.issuers, 'base64url')));
    const { attestation } = await (await keysOf(hall, 'ann')).response.json();
    const request = { number: number(1), epoch: body.epochs.current };
    const answers = await Promise.all(
      issuers.map(async (issuer) =>
        MemberKeysAnswer.deserialize(new Uint8Array(await (await ask(issuer, attestation)).arrayBuffer())),
      ),
    );
    const made = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map((pair) =>
      combineAnswers(
        pairing,
        set,
        request,
        pair.map((at) => answers[at]!),
      ).keys.g1.toBytes(),
    );
    expect(made[1]).toEqual(made[0]);
    expect(made[2]).toEqual(made[0]);
    expect(() => combineAnswers(pairing, set, request, [answers[0]!])).toThrow(/Fewer good answers/);
  });

  it('answer nobody without an attestation, nor with a member token or one that has run out', async () => {
    const issuer = issuers[0]!;
    const { token } = await hall.tokens.issue('ann');
    expect((await ask(issuer, token)).status).toBe(401);
    expect((await fetch(`${issuer.origin}/v1/issue`, { method: 'POST' })).status).toBe(401);
    const { attestation } = await (await keysOf(hall, 'ann')).response.json();
    hall.clock.advance(301_000);
    expect((await (await ask(issuer, attestation)).json()).code).toBe('token_expired');
  });
});
