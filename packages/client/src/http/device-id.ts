/** 128 random bits in hexadecimal, for `deviceId`; the app keeps it as long as it is installed. */
export function newDeviceId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
