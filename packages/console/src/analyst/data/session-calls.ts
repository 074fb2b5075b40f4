import type { Session, SignInWays } from '@kith/protocol/study';
import type { Call } from './call.ts';

export function readSession(call: Call): Promise<Session> {
  return call('/v1/session');
}

export function readWays(call: Call, signal?: AbortSignal): Promise<SignInWays> {
  return call('/v1/session/ways', signal ? { signal } : {});
}

export function signIn(call: Call, name: string, password: string): Promise<Session> {
  return call('/v1/session', { method: 'POST', body: { name, password } });
}

export function changePassword(call: Call, current: string, next: string): Promise<Session> {
  return call('/v1/session/password', { method: 'POST', body: { current, next } });
}

export function signOut(call: Call): Promise<void> {
  return call('/v1/session', { method: 'DELETE' });
}
