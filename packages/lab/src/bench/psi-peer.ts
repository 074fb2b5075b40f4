import psiLibrary from '@openmined/psi.js';

/** The package is CommonJS and is that function itself, though its types say that it has it as `default`. */
const loadPsi = psiLibrary as unknown as typeof psiLibrary.default;

/** Structures of the peer's setup message: exact, or smaller with false positives. */
export type PsiStructure = 'Raw' | 'GCS';

/** A server's set, ready to be intersected. */
export interface PsiPeer {
  /** Bytes of the setup message, sent to each client once for each key of the server. */
  setupBytes: number;
  setupMs: number;
  /** One intersection, both sides one after the other: request, response, matches. Serialized in between. */
  intersect(contacts: readonly string[]): { ms: number; bytes: number; matches: number };
}

/**
 * @openmined/psi.js as it documents itself: ECDH-based intersection on WebAssembly, the server revealing which elements
 * match.
 *
 * @param falsePositives chance of any among the contacts, for GCS
 */
export async function openPsi(
  members: readonly string[],
  contactsMax: number,
  structure: PsiStructure,
  falsePositives: number,
): Promise<PsiPeer> {
  const psi = await loadPsi();
  const server = psi.server!.createWithNewKey(true);
  const startedMs = performance.now();
  const setup = server
    .createSetupMessage(falsePositives, contactsMax, members, psi.dataStructure[structure])
    .serializeBinary();
  const setupMs = performance.now() - startedMs;
  return {
    setupBytes: setup.length,
    setupMs,
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
