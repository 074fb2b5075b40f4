import { type Overview, ringStates, type RingState as State } from '@kith/protocol/study';
import { Link } from '@tanstack/react-router';
import { grouped } from '../../words/counts.ts';
import { RingState } from '../pieces/ring-state.tsx';
import { ringStateWords } from '../words/ring-states.ts';

/** How many rings stand where; each leads to its part of the queue. */
export function RingStates({ rings }: { rings: Overview['rings'] }) {
  return (
    <section className="card stack" aria-labelledby="ring-states">
      <h2 id="ring-states">Rings</h2>
      <ul className="tallies">
        {ringStates.map((state) => (
          <Tally key={state} state={state} count={rings[state]} />
        ))}
      </ul>
    </section>
  );
}

function Tally({ state, count }: { state: State; count: number }) {
  return (
    <li>
      <Link to="/analyst/rings" search={{ state: [state] }} className="tally">
        <span className="tally__count numeric">{grouped(count)}</span>
        <span className="tally__words">
          <RingState state={state} />
          <span className="soft small">{ringStateWords[state].means}</span>
        </span>
      </Link>
    </li>
  );
}
