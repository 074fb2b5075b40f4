import type { Group } from './group.ts';

/** The `Group` on WebAssembly; its code is loaded only when asked for. */
export async function loadFastGroup(): Promise<Group> {
  return (await import('./fast-group.ts')).createFastGroup();
}

/** The `Group` in audited JavaScript, for where WebAssembly is forbidden; its code is loaded only when asked for. */
export async function loadPureGroup(): Promise<Group> {
  return (await import('./pure-group.ts')).createPureGroup();
}
