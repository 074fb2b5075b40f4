import { errorOf } from '@kith/client';
import type { ImportSummary, Member, MemberInput, MemberLine, MemberToken } from '@kith/protocol';

/** The host's calls, as the app that runs Kith beside its own backend would make them. */
export interface HostClient {
  putMember(id: string, input: MemberInput): Promise<Member>;
  getMember(id: string): Promise<Member>;
  deleteMember(id: string): Promise<void>;
  memberToken(id: string): Promise<string>;
  /** Sends members as one NDJSON stream, read from the iterable as the service takes it in. */
  importMembers(members: Iterable<MemberLine>, onProgress?: (lines: number) => void): Promise<ImportSummary>;
}

/** @param origin is asked at every call: a service that is started again may listen elsewhere. */
export function createHostClient(origin: () => string, serviceKey: () => string): HostClient {
  const call = async (method: string, path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${serviceKey()}`, ...init.headers };
    const response = await fetch(origin() + path, { ...init, method, headers });
    if (!response.ok) throw await errorOf(response, Date.now());
    return response;
  };
  const json = (body: unknown): RequestInit => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const pathOf = (id: string) => `/v1/members/${encodeURIComponent(id)}`;
  return {
    putMember: async (id, input) => (await call('PUT', pathOf(id), json(input))).json() as Promise<Member>,
    getMember: async (id) => (await call('GET', pathOf(id))).json() as Promise<Member>,
    deleteMember: async (id) => {
      await (await call('DELETE', pathOf(id))).arrayBuffer();
    },
    memberToken: async (id) => {
      const response = await call('POST', `${pathOf(id)}/token`, json({}));
      return ((await response.json()) as MemberToken).token;
    },
    importMembers: async (members, onProgress) => {
      const response = await call('POST', '/v1/members/import', {
        headers: { 'content-type': 'application/x-ndjson' },
        body: ndjsonStream(members, onProgress),
        duplex: 'half',
      } as RequestInit);
      return summaryOf(await response.text());
    },
  };
}

const linesPerChunk = 500;

function ndjsonStream(members: Iterable<MemberLine>, onProgress: (lines: number) => void = () => undefined) {
  const iterator = members[Symbol.iterator]();
  const encoder = new TextEncoder();
  let lines = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      let chunk = '';
      for (let count = 0; count < linesPerChunk; count += 1) {
        const next = iterator.next();
        if (next.done) {
          if (chunk !== '') controller.enqueue(encoder.encode(chunk));
          controller.close();
          return;
        }
        chunk += `${JSON.stringify(next.value)}\n`;
        lines += 1;
      }
      controller.enqueue(encoder.encode(chunk));
      onProgress(lines);
    },
  });
}

/** The answer is NDJSON too: progress and errors, and the summary on the last line. */
function summaryOf(answer: string): ImportSummary {
  const last = answer.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(last) as ImportSummary;
}
