import type { RingState as State } from '@kith/protocol/study';
import { ringStateWords } from '../words/ring-states.ts';

/** Where a ring stands, told by a mark as well as by colour. */
export function RingState({ state }: { state: State }) {
  return <span className={`state state--${state}`}>{ringStateWords[state].title}</span>;
}
