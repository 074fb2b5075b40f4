import {
  type Group,
  loadFastGroup,
  loadFastPairing,
  loadPureGroup,
  loadPurePairing,
  type Pairing,
} from '@kith/protocol/crypto';

/**
 * What does the arithmetic: WebAssembly, audited JavaScript (some 5 to 10 times slower), or the first that this device can
 * run. Both give the same bytes.
 */
export type Backend = 'auto' | 'fast' | 'pure';

export function loadGroup(backend: Backend): Promise<Group> {
  return choose(backend, loadFastGroup, loadPureGroup);
}

export function loadPairing(backend: Backend): Promise<Pairing> {
  return choose(backend, loadFastPairing, loadPurePairing);
}

/** Hermes has no WebAssembly; a page's content policy may forbid it. */
async function choose<T>(backend: Backend, fast: () => Promise<T>, pure: () => Promise<T>): Promise<T> {
  if (backend === 'pure' || (backend === 'auto' && typeof WebAssembly === 'undefined')) return pure();
  if (backend === 'fast') return fast();
  return fast().catch(pure);
}
