// Writes the vectors of docs/protocol-vectors.md beside this file: `node packages/protocol/vectors/generate.ts`.
import { writeFileSync } from 'node:fs';
import { loadFastGroup } from '../src/crypto/group/load.ts';
import { loadFastPairing } from '../src/crypto/pairing/load.ts';
import { issuerVectors } from '../src/crypto/vectors/issuer-vectors.testing.ts';
import { mutualVectors } from '../src/crypto/vectors/mutual-vectors.testing.ts';
import { openVectors } from '../src/crypto/vectors/open-vectors.testing.ts';

const [group, pairing] = await Promise.all([loadFastGroup(), loadFastPairing()]);
const files = {
  open: openVectors(group),
  mutual: mutualVectors(pairing),
  issuers: issuerVectors(pairing),
};
for (const [name, vectors] of Object.entries(files))
  writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
