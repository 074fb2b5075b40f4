import type { Pairing } from './pairing.ts';

/** The `Pairing` on WebAssembly; its code is loaded only when asked for. */
export async function loadFastPairing(): Promise<Pairing> {
  return (await import('./fast-pairing.ts')).createFastPairing();
}

/** The `Pairing` in audited JavaScript, for where WebAssembly is forbidden; its code is loaded only when asked for. */
export async function loadPurePairing(): Promise<Pairing> {
  return (await import('./pure-pairing.ts')).createPurePairing();
}
