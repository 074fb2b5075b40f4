import psiLibrary from '@openmined/psi.js';
import { growRawSetup, randomGcsSetup } from './psi-setup.ts';

/** The package is CommonJS and is that function itself, though its types say that it has it as `default`. */
const loadPsi = psiLibrary as unknown as typeof psiLibrary.default;

/** The chance, in the peer's own example, that any of the contacts is found by mistake. */
const falsePositives = 0.001;

/**
 * Structures of the peer's setup message: its default, a Golomb compressed set with false positives; or every element,
 * exact.
 */
export type PsiStructure = 'GCS' | 'Raw';

/** A server's set, ready to be intersected. */
export interface PsiPeer {
  /** Bytes of the setup message, which a client fetches once for each key of the server. */
  setupBytes: number;
  setupMsPerMember: number;
  /** One intersection, both sides one after the other: request, response, matches; serialized in between. */
  intersect(contacts: readonly string[]): { ms: number; bytes: number; matches: number };
}

/**
 * @openmined/psi.js as it documents itself: intersection by commutative encryption on P-256 in WebAssembly, the server
 * letting the client learn which of its elements match.
 *
 * @param known members who may be among the contacts; all others are made up
 */
export async function openPsi(
  structure: PsiStructure,
  known: readonly string[],
  members: number,
  contactsMax: number,
): Promise<PsiPeer> {
  const psi = await loadPsi();
  const server = psi.server!.createWithNewKey(true);
  const startedMs = performance.now();
  const small = server
    .createSetupMessage(falsePositives, contactsMax, known, psi.dataStructure[structure])
    .serializeBinary();
  const setupMsPerMember = (performance.now() - startedMs) / known.length;
  const setup =
    structure === 'Raw' ? growRawSetup(small, members) : randomGcsSetup(members, contactsMax, falsePositives);
  return {
    setupBytes: setup.length,
    setupMsPerMember,
    intersect(contacts) {
      const beganMs = performance.now();
      const client = psi.client!.createWithNewKey(true);
      const request = client.createRequest(contacts).serializeBinary();
      const response = server.processRequest(psi.request.deserializeBinary(request)).serializeBinary();
      const matches = client.getIntersection(
        psi.serverSetup.deserializeBinary(setup),
        psi.response.deserializeBinary(response),
      );
      const ms = performance.now() - beganMs;
      return { ms, bytes: request.length + response.length, matches: matches.length };
    },
  };
}
