import { useEffect, useState } from 'react';
import { type Clock, englishOf } from '../words/times.ts';

const place = {
  locale: englishOf(navigator.languages),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** The reader's clock, which moves on every half minute so that "in 12 minutes" stays true. */
export function useClock(): Clock {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return { now, ...place };
}
