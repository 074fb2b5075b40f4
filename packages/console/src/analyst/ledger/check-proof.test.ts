import { formatCheckpoint, hashLeaf, hashNode, signNote } from '@kith/protocol/ledger';
import type { LedgerEntry, LedgerProof } from '@kith/protocol/study';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkProof } from './check-proof.ts';

interface Signer {
  privateKey: CryptoKey;
  publicKey: Uint8Array;
}

const keyName = 'kith.example/ledger';
let ledger: Signer;
let stranger: Signer;
let key: { keyName: string; publicKey: string };

beforeAll(async () => {
  [ledger, stranger] = await Promise.all([newSigner(), newSigner()]);
  key = { keyName, publicKey: base64(ledger.publicKey) };
});

async function newSigner(): Promise<Signer> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(raw) };
}

const shown: LedgerEntry = {
  index: 1,
  id: 'entry-1',
  member: 'فاطمه',
  other: 'viewer-7',
  kind: 'reveal',
  at: '2019-12-24T18:40:07.123Z',
  body: { how: 'number', nested: { b: 1, a: 2 } },
};

const fields = [
  'kith/ledger/entry/v1',
  shown.member,
  shown.id,
  String(Date.parse(shown.at) * 1_000 + 456),
  shown.kind,
  'viewer-7',
  '{"nested":{"a":2,"b":1},"how":"number"}',
  null,
];

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function leafOf(values: readonly (string | null)[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts = values.map((value) => (value === null ? '-,' : `${encoder.encode(value).length}:${value},`));
  return encoder.encode(parts.join(''));
}

/** The proof of one leaf, second of two. */
async function proofOf(values: readonly (string | null)[], signer = ledger): Promise<LedgerProof> {
  const leaf = leafOf(values);
  const first = hashLeaf(new Uint8Array([1]));
  const text = formatCheckpoint({ origin: keyName, size: 2, root: hashNode(first, hashLeaf(leaf)) });
  const signature = await crypto.subtle.sign('Ed25519', signer.privateKey, new TextEncoder().encode(text));
  const note = { name: keyName, publicKey: signer.publicKey };
  const checkpoint = signNote(text, note, () => new Uint8Array(signature));
  return { index: 1, size: 2, leaf: base64(leaf), proof: [base64(first)], checkpoint };
}

const changed = (place: number, value: string) => fields.map((field, at) => (at === place ? value : field));

describe('checking an entry in the browser', () => {
  it('proves what is shown', async () => {
    expect(checkProof(await proofOf(fields), key, shown)).toEqual({ ok: true, index: 1, size: 2 });
  });

  it('refuses a true proof of anything but what is shown', async () => {
    const others = [
      changed(1, 'somebody'),
      changed(2, 'entry-2'),
      changed(3, '1577212807124000'),
      changed(4, 'sync'),
      changed(5, 'viewer-8'),
      changed(6, '{"nested":{"a":2,"b":1},"how":"mutual"}'),
      changed(6, '{"nested":{"a":2,"b":1},"how":"number","and":"more"}'),
      changed(6, '{'),
    ];
    for (const other of others) {
      expect(checkProof(await proofOf(other), key, shown)).toEqual({ ok: false, reason: 'other_entry' });
    }
  });

  it('refuses a checkpoint that the ledger has not signed', async () => {
    const forged = await proofOf(fields, stranger);
    expect(checkProof(forged, key, shown)).toEqual({ ok: false, reason: 'checkpoint_forged' });
  });

  it('refuses a leaf that is not in the signed tree, or not in that place', async () => {
    const [elsewhere, other] = [await proofOf(fields), await proofOf(changed(7, 'ff'))];
    expect(checkProof({ ...elsewhere, index: 0 }, key, shown)).toEqual({ ok: false, reason: 'not_included' });
    expect(checkProof({ ...elsewhere, leaf: other.leaf }, key, shown)).toEqual({
      ok: false,
      reason: 'not_included',
    });
  });

  it('refuses what is no proof at all', async () => {
    const good = await proofOf(fields);
    expect(checkProof({ ...good, proof: ['*'] }, key, shown)).toMatchObject({ reason: 'proof_malformed' });
    for (const leaf of ['', base64(new TextEncoder().encode('9:short,')), base64(new Uint8Array([0xff]))]) {
      expect(checkProof({ ...good, leaf }, key, shown)).toMatchObject({ reason: 'other_entry' });
    }
  });
});
