import { type Static, Type } from 'typebox';

/** `GET /v1/parameters`: what a client of the private way has to know; the same for everyone. */
export const PrivateParameters = Type.Object(
  {
    epochs: Type.Object({
      current: Type.Integer(),
      next: Type.Optional(Type.Integer({ description: 'Near the end of an epoch: write this one too' })),
    }),
    issuers: Type.String({ description: 'The `IssuerSet` message, base64url' }),
    issuerUrls: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Where issuers outside the service answer, the first at index 1',
      }),
    ),
    oprf: Type.Object({
      keyVersion: Type.Integer(),
      publicKey: Type.String({ description: '32 bytes, base64url' }),
    }),
    buckets: Type.Object({
      day: Type.Integer({ description: 'Days since 1970, UTC' }),
      keyVersion: Type.Integer(),
      prefixBits: Type.Integer(),
    }),
  },
  {
    examples: [
      {
        epochs: { current: 228, next: 229 },
        issuers: 'AQMAAQEBl_HTpzGXGUw…',
        oprf: { keyVersion: 1, publicKey: '4vLq7cO2PpGmVZk0n3S1yq9tHc5xW8bD6fJ2aR0uXlM' },
        buckets: { day: 20_513, keyVersion: 1, prefixBits: 12 },
      },
    ],
  },
);
export type PrivateParameters = Static<typeof PrivateParameters>;

/** The answer of `POST /v1/me/keys` where issuers are outside the service: take the attestation to `threshold` of them. */
export const KeysReferral = Type.Object(
  {
    attestation: Type.String({ description: 'JWT that vouches for the number, for five minutes' }),
    issuers: Type.Array(Type.Object({ index: Type.Integer(), url: Type.String() })),
  },
  {
    examples: [
      { attestation: 'eyJhbGciOiJFZERTQSJ9.…', issuers: [{ index: 1, url: 'https://issuer-1.example' }] },
    ],
  },
);
export type KeysReferral = Static<typeof KeysReferral>;

/** `POST /v1/me/reveals` */
export const RevealsAnswer = Type.Object(
  {
    accepted: Type.Integer({ description: 'Tickets taken; what they lead to appears in the people list' }),
  },
  { examples: [{ accepted: 2 }] },
);
export type RevealsAnswer = Static<typeof RevealsAnswer>;
