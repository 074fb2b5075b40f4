import { errorOf, KithError } from '@kith/client';
import type { Me, MemberToken } from '@kith/protocol';
import type { SignIn } from './session-store.ts';

/** A demo member, as `kith dev` offers it to whoever opens the page. */
export type DemoMember = Pick<Me, 'id' | 'card' | 'discoverable' | 'hasPhone'>;

/** The demo members; none where the service is not a demo. */
export async function demoMembers(signal: AbortSignal): Promise<DemoMember[]> {
  try {
    const response = await ask('/demo/members', { signal });
    const { members } = (await response.json()) as { members: DemoMember[] };
    return members;
  } catch (error) {
    if (error instanceof KithError && error.status === 404) return [];
    throw error;
  }
}

/** Signs in as a demo member: its token, and its own number as a host's app would know it. */
export async function demoSignIn(id: string): Promise<SignIn> {
  const response = await ask(`/demo/members/${encodeURIComponent(id)}/token`, { method: 'POST' });
  const { token, number } = (await response.json()) as MemberToken & { number?: string };
  return number === undefined ? { token } : { token, number };
}

/** The sample address book of a demo member, a vCard file. */
export async function demoAddressBook(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(`/demo/address-book/${encodeURIComponent(id)}`, {});
  return new Uint8Array(await response.arrayBuffer());
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: 'omit' });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new KithError({ code: 'network', status: 0, message: 'The service cannot be reached', cause });
  }
  if (!response.ok) throw await errorOf(response, Date.now());
  return response;
}
