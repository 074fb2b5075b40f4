import type { Overview } from '@kith/protocol/study';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { keys } from './queries.ts';

/** Whether what is shown is what is happening. */
export type Liveness = 'connecting' | 'live' | 'lost';

/** How long nothing may come before the stream is taken for dead: it speaks at least every 15 s. */
const silenceMsMax = 40_000;
const pauseMs = 3_000;

const Current = createContext<Liveness>('connecting');

/** Whether what is shown follows what happens. */
export function useLiveness(): Liveness {
  return useContext(Current);
}

/**
 * Follows what happens by server-sent events (WHATWG HTML, 9.2) into the cache of answers: the overview itself, and what
 * else has changed is asked for anew. The browser comes back by itself after short interruptions; after others this does.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  useEffect(() => follow('/v1/overview/stream', queries, setLiveness), [queries]);
  return <Current value={liveness}>{children}</Current>;
}

function follow(url: string, queries: QueryClient, say: (liveness: Liveness) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  const lost = () => {
    say('lost');
    wait(pauseMs, open);
  };
  const heard = () => {
    say('live');
    wait(silenceMsMax, () => {
      source?.close();
      lost();
    });
  };
  function open() {
    source?.close();
    source = new EventSource(url);
    source.onopen = heard;
    source.onerror = () => {
      // A stream that is refused stays closed; the session may have ended, which the next call finds out.
      if (source?.readyState !== EventSource.CLOSED) return say('lost');
      lost();
      void queries.invalidateQueries({ queryKey: keys.overview });
    };
    source.addEventListener('overview', (event) => {
      heard();
      const overview = jsonOf<Overview>(event);
      if (overview) queries.setQueryData(keys.overview, overview);
    });
    source.addEventListener('changed', (event) => {
      heard();
      forget(queries, jsonOf<Changed>(event));
    });
  }
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

interface Changed {
  what: 'ring' | 'action' | 'case';
  id: string;
}

/** Asks anew for what has changed, where it is shown. */
function forget(queries: QueryClient, changed: Changed | undefined): void {
  if (!changed) return;
  const touched = {
    ring: ['rings', 'ring'],
    action: ['actions', 'action', 'rings', 'ring'],
    case: ['cases', 'case'],
  };
  for (const first of touched[changed.what] ?? []) void queries.invalidateQueries({ queryKey: [first] });
}

function jsonOf<Data>(event: MessageEvent<string>): Data | undefined {
  try {
    return JSON.parse(event.data) as Data;
  } catch {
    return undefined;
  }
}
