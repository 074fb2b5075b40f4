import { type Liveness, useLiveness } from '../data/live.tsx';

const words: Record<Liveness, string> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Not live: trying again',
};

/** Whether the figures follow what happens. */
export function LiveMark() {
  const liveness = useLiveness();
  return (
    <p className={`live live--${liveness}`} role="status">
      {words[liveness]}
    </p>
  );
}
