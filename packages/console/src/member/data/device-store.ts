/** The IndexedDB in which the private way of one member keeps what it has worked out in this browser. */
export function deviceStoreName(memberId: string): string {
  return `kith ${memberId}`;
}

/**
 * Deletes it: what it says was sent is no longer at Kith. Another tab that is at work holds it open and deletes it when it
 * is done; this does not wait for that.
 */
export function forgetDeviceStore(memberId: string): void {
  try {
    indexedDB.deleteDatabase(deviceStoreName(memberId));
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}
