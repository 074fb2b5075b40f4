import { Kith, KithError } from '@kith/client';
import type { PrivateParameters } from '@kith/protocol';
import {
  answerKeyRequest,
  Bucket,
  BucketPartsAnswer,
  encodeIssuerSet,
  evaluateBatch,
  type Group,
  generateVoprfKeys,
  loadFastGroup,
  loadFastPairing,
  OprfRequest,
  OprfResponse,
  type Pairing,
  SlotsAnswer,
  singleIssuer,
} from '@kith/protocol/crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PrivateMember, type PrivateWorld, shown, startPrivateWorld } from './private-world.ts';

let world: PrivateWorld;
let group: Group;
let pairing: Pairing;
beforeAll(async () => {
  [world, group, pairing] = await Promise.all([startPrivateWorld(), loadFastGroup(), loadFastPairing()]);
});
afterAll(() => world?.stop());

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** What a service that lies says in place of its true answer. */
type Lie = (answer: Uint8Array, request: Uint8Array) => Uint8Array;

/** The service, lying in its answers to one call; and what it was asked. */
function lying(path: string, lie: Lie) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { pathname } = new URL(String(url));
    asked.push(pathname);
    const response = await globalThis.fetch(url, init);
    if (!pathname.startsWith(path) || !response.ok) return response;
    const request = init?.body instanceof Uint8Array ? init.body : new Uint8Array();
    const answer = lie(new Uint8Array(await response.arrayBuffer()), request);
    return new Response(answer as Uint8Array<ArrayBuffer>, { headers: response.headers });
  };
  return { asked, fetch };
}

const lyingParameters = (change: (parameters: PrivateParameters) => void) =>
  lying('/v1/parameters', (answer) => {
    const parameters = JSON.parse(new TextDecoder().decode(answer)) as PrivateParameters;
    change(parameters);
    return new TextEncoder().encode(JSON.stringify(parameters));
  });

async function refusal(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KithError)) throw new Error('expected a KithError', { cause: error });
  return error.code;
}

let joined = 0;
const join = (): Promise<PrivateMember> => world.join(`member-${joined++}`);

describe('a service that gives keys of another issuer', () => {
  it('is refused before anything of the book is sent', async () => {
    const ada = await join();
    const secret = pairing.randomScalar(random);
    const epoch = 227;
    const forged = answerKeyRequest(pairing, { index: 1, secret }, { number: ada.number, epoch }).serialize();
    const { asked, fetch } = lying('/v1/me/keys', () => forged);
    expect(await refusal(ada.device({ fetch }).findPeople([world.newNumber()]))).toBe('keys_invalid');
    expect(asked).not.toContain('/v1/me/slots');
    expect(asked).not.toContain('/v1/me/oprf');
  });

  it('is refused too when it publishes that issuer, once the true one is known', async () => {
    const bob = await join();
    await bob.finds([]);
    await bob.finds([world.newNumber()]);
    const other = encodeIssuerSet(singleIssuer(pairing, pairing.randomScalar(random))).serialize();
    const { asked, fetch } = lyingParameters((parameters) => {
      parameters.issuers = base64url(other);
    });
    expect(await refusal(bob.device({ fetch }).findPeople([world.newNumber()]))).toBe('issuers_changed');
    expect(asked).toEqual(['/v1/parameters']);
  });

  it('is refused at once by an app that names its issuers', async () => {
    const cem = await join();
    const issuers = base64url(
      encodeIssuerSet(singleIssuer(pairing, pairing.randomScalar(random))).serialize(),
    );
    expect(await refusal(cem.device({ issuers }).findPeople([world.newNumber()]))).toBe('issuers_changed');
  });

  it('is refused when the halves of its key are of two secrets', async () => {
    const dia = await join();
    const [a, b] = [1, 2].map(() => singleIssuer(pairing, pairing.randomScalar(random)).whole) as [
      never,
      never,
    ];
    const mixed = { ...(a as object), g2: (b as { g2: unknown }).g2 } as never;
    const set = encodeIssuerSet({ threshold: 1, whole: mixed, shares: [mixed] }).serialize();
    const { fetch } = lyingParameters((parameters) => {
      parameters.issuers = base64url(set);
    });
    expect(await refusal(dia.device({ fetch }).findPeople([world.newNumber()]))).toBe('keys_invalid');
  });

  it('is not what a member meets who gives a wrong number of its own: the same refusal', async () => {
    const eva = await join();
    const device = eva.device({ number: world.newNumber() });
    expect(await refusal(device.findPeople([world.newNumber()]))).toBe('keys_invalid');
  });
});

/** Evaluates with a key of its own, and proves that. */
const otherKey: Lie = (_answer, request) => {
  const { keyVersion, elements } = OprfRequest.deserialize(request);
  const keys = generateVoprfKeys(group, random);
  return new OprfResponse(keyVersion, evaluateBatch(group, keys, elements, random)).serialize();
};

const changeResponse =
  (change: (elements: Uint8Array, proof: Uint8Array) => void): Lie =>
  (answer) => {
    const { keyVersion, elements, proof } = OprfResponse.deserialize(answer);
    const evaluation = { elements: elements.slice(), proof: proof.slice() };
    change(evaluation.elements, evaluation.proof);
    return new OprfResponse(keyVersion, evaluation).serialize();
  };

describe('a service that uses a second key for lookups, to know a client again', () => {
  it.each<[string, Lie]>([
    ['with a proof for that key', otherKey],
    [
      'for one element of a batch',
      changeResponse((elements) => elements.set(group.multiplyBase(group.randomScalar(random)), 32)),
    ],
    [
      'with two elements exchanged',
      changeResponse((elements) => elements.set(elements.slice(0, 64).subarray(32), 0)),
    ],
    ['with the identity as an answer', changeResponse((elements) => elements.fill(0, 0, 32))],
    ['with what is no element', changeResponse((elements) => elements.fill(0xff, 0, 32))],
    ['with a changed proof', changeResponse((_elements, proof) => proof.set([proof[0]! ^ 1]))],
  ])('is caught %s, and no bucket is asked for', async (_name, lie) => {
    const fay = await join();
    const { asked, fetch } = lying('/v1/me/oprf', lie);
    const run = fay.device({ fetch }).findPeople([world.newNumber(), world.newNumber()]);
    expect(await refusal(run)).toBe('proof_invalid');
    expect(asked.some((path) => path.startsWith('/v1/buckets'))).toBe(false);
  });

  it('is caught when it publishes that key under the version of the first', async () => {
    const gil = await join();
    await gil.finds([world.newNumber()]);
    const { asked, fetch } = lyingParameters(({ oprf }) => {
      oprf.publicKey = base64url(generateVoprfKeys(group, random).publicKey);
    });
    expect(await refusal(gil.device({ fetch }).findPeople([world.newNumber()]))).toBe('oprf_key_changed');
    expect(asked).toEqual(['/v1/parameters']);
  });

  it('cannot tell who asks for the keys: neither token nor device goes along', async () => {
    const hua = await join();
    const seen: Headers[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (/parameters|buckets/.test(String(url))) seen.push(new Headers(init?.headers));
      return globalThis.fetch(url, init);
    };
    await hua.device({ fetch, deviceId: 'd-1' }).findPeople([world.newNumber()]);
    expect(seen.map((headers) => [...headers.keys()].sort())).toEqual([
      ['accept'],
      ['accept', 'content-type'],
    ]);
  });
});

describe('a service that gives another bucket than asked for', () => {
  it.each<[string, (bucket: Bucket) => Bucket]>([
    [
      'of yesterday',
      ({ header, ...rest }) => new Bucket({ ...header, day: header.day - 1 }, rest.hints, rest.sealedTickets),
    ],
    [
      'of another key',
      ({ header, ...rest }) => new Bucket({ ...header, keyVersion: 9 }, rest.hints, rest.sealedTickets),
    ],
    [
      'of a shorter prefix',
      ({ header, ...rest }) => new Bucket({ ...header, prefixBits: 3 }, rest.hints, rest.sealedTickets),
    ],
  ])('is refused: %s', async (_name, change) => {
    const ida = await join();
    const { asked, fetch } = lying('/v1/buckets', (answer) => {
      const { header, hints } = Bucket.deserializeHints(answer);
      return change(new Bucket(header, hints, new Uint8Array(16 * hints.length))).serializeHints();
    });
    const device = ida.device({ fetch, buckets: 'cacheable' });
    expect(await refusal(device.findPeople([world.newNumber()]))).toBe('bucket_invalid');
    expect(asked).not.toContain('/v1/me/reveals');
  });

  it.each<[string, (answer: BucketPartsAnswer) => BucketPartsAnswer]>([
    ['of yesterday', ({ header, parts }) => new BucketPartsAnswer({ ...header, day: header.day - 1 }, parts)],
    ['of another key', ({ header, parts }) => new BucketPartsAnswer({ ...header, keyVersion: 9 }, parts)],
    [
      'of a shorter prefix',
      ({ header, parts }) => new BucketPartsAnswer({ ...header, prefixBits: 3 }, parts),
    ],
    ['too few', ({ header, parts }) => new BucketPartsAnswer(header, parts.slice(1))],
    ['too many', ({ header, parts }) => new BucketPartsAnswer(header, [...parts, ...parts])],
  ])('is refused among parts of many: %s', async (_name, change) => {
    const jay = await join();
    const { asked, fetch } = lying('/v1/buckets', (answer) =>
      change(BucketPartsAnswer.deserialize(answer)).serialize(),
    );
    expect(await refusal(jay.device({ fetch }).findPeople([world.newNumber()]))).toBe('bucket_invalid');
    expect(asked).not.toContain('/v1/me/reveals');
  });
});

describe('a service that puts a card of its own into a slot', () => {
  it('leads to nobody', async () => {
    const [jim, kai] = [await join(), await join()];
    const { fetch } = lying('/v1/me/slots', (answer) => {
      const { accepted } = SlotsAnswer.deserialize(answer);
      return new SlotsAnswer(accepted, [{ at: 0, sealedCard: random(512) }]).serialize();
    });
    expect(shown(await jim.device({ fetch }).findPeople([kai.number]))).toEqual({});
  });
});

describe('a service that answers anything at all', () => {
  const calls = ['/v1/parameters', '/v1/me/keys', '/v1/me/slots', '/v1/me/oprf', '/v1/buckets'];
  it('is answered by a typed error, or what it said is without effect', async () => {
    const lea = await join();
    const device = (fetch: typeof globalThis.fetch) => lea.device({ fetch, store: undefined as never });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...calls),
        fc.nat({ max: 600 }),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('flip', 'cut', 'add'),
        async (path, place, byte, how) => {
          const { fetch } = lying(path, (answer) => damage(answer, place, byte, how));
          const end = await device(fetch)
            .findPeople([world.newNumber()])
            .then(
              ({ people }) => people,
              (error: unknown) => error,
            );
          if (Array.isArray(end)) expect(end).toEqual([]);
          else expect(end).toBeInstanceOf(KithError);
        },
      ),
      { numRuns: 25, seed: 3 },
    );
  });
});

function damage(answer: Uint8Array, place: number, byte: number, how: string): Uint8Array {
  if (how === 'cut') return answer.slice(0, place % answer.length);
  if (how === 'add') return Uint8Array.from([...answer, byte]);
  const changed = answer.slice();
  changed[place % answer.length]! ^= byte;
  return changed;
}

describe('options that cannot be used', () => {
  it.each([
    ['number', { number: '0151 2345678' }],
    ['issuers', { issuers: 'not base64url!' }],
    ['storeKey', { storeKey: new Uint8Array(16) }],
  ])('are refused by name: %s', async (at, wrong) => {
    const mia = await join();
    const run = async () => mia.device(wrong).findPeople([world.newNumber()]);
    await expect(run()).rejects.toMatchObject({ code: 'option_invalid', at });
  });

  it('include a device without randomness', () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
    try {
      expect(() => new Kith({ origin: '', token: '', number: null })).toThrow(KithError);
    } finally {
      Object.defineProperty(globalThis, 'crypto', own);
    }
  });
});
