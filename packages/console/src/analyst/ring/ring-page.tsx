import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { counted } from '../../words/counts.ts';
import '../../styles/analyst/graph.css';
import '../../styles/analyst/ring.css';
import type { Origin, RingDetail } from '@kith/protocol/study';
import { WorldMap } from '../pieces/lazy-map.tsx';
import { RingState } from '../pieces/ring-state.tsx';
import { Sheet } from '../pieces/sheet.tsx';
import { EmptyState, Ready } from '../pieces/states.tsx';
import { RingAccounts } from './accounts/ring-accounts.tsx';
import { RingGraph } from './graph/ring-graph.tsx';
import { Origins } from './origins.tsx';
import { Reasons } from './reasons.tsx';
import { RingActions } from './ring-actions.tsx';
import { Holds, RingFacts } from './ring-facts.tsx';
import { useRing, useRingGraph } from './ring-queries.ts';
import { RingTimeline } from './ring-timeline.tsx';
import { Section } from './section.tsx';
import type { Span } from './span.ts';
import { Tried } from './tried.tsx';
import { WhoElse } from './who-else.tsx';

const nobody: ReadonlySet<string> = new Set();

/** One ring: who is in it, why, from where, what it tried and got, and what can be done about it. */
export function RingPage() {
  const { id } = useParams({ from: '/analyst/rings/$id' });
  // Another ring starts with nothing chosen.
  return <OneRing key={id} id={id} />;
}

function OneRing({ id }: { id: string }) {
  const ring = useRing(id);
  // Asked for at the same time as the ring, not after it.
  const graph = useRingGraph(id);
  const [chosen, setChosen] = useState(nobody);
  const title = ring.data ? `Ring of ${counted(ring.data.accounts, 'account')}` : 'Ring';
  return (
    <Sheet
      title={title}
      above={<Link to="/analyst/rings">Rings</Link>}
      lead={
        <>
          {ring.data && <RingState state={ring.data.state} />} <code className="ring-id">{id}</code>
        </>
      }
      tools={ring.data && <RingActions ring={ring.data} chosen={chosen} />}
    >
      <Ready query={ring} what="the ring" lines={8}>
        {(data) => <Study ring={data} graph={graph} chosen={chosen} onChosen={setChosen} />}
      </Ready>
    </Sheet>
  );
}

interface StudyProps {
  ring: RingDetail;
  graph: ReturnType<typeof useRingGraph>;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}

function Study({ ring, graph, chosen, onChosen }: StudyProps) {
  const [span, setSpan] = useState<Span>();
  return (
    <>
      <Holds ring={ring} />
      <RingFacts ring={ring} />
      <div className="study-columns">
        <Section title="Who shares what" className="study-columns__wide">
          <Ready query={graph} what="the drawing" lines={10}>
            {(data) =>
              data.nodes.length === 0 ? (
                <EmptyState title="Nothing to draw">
                  <p>
                    These accounts share no address, device or moment; their behaviour alone gave them away.
                  </p>
                </EmptyState>
              ) : (
                <RingGraph ring={ring.id} graph={data} chosen={chosen} onChosen={onChosen} />
              )
            }
          </Ready>
        </Section>
        <Section title="Why" className="study-columns__narrow">
          <Reasons reasons={ring.reasons} />
        </Section>
      </div>
      <section className="card section" aria-label="When">
        <RingTimeline days={ring.timeline} span={span} onSpan={setSpan} />
      </section>
      <div className="study-columns">
        <div className="card section study-columns__wide">
          <WorldMap title="Where it left from" unit="accounts" values={countriesOf(ring.origins)} />
          <Origins origins={ring.origins} />
        </div>
        <Section title="What they tried" className="study-columns__narrow">
          <Tried ring={ring} />
        </Section>
      </div>
      <Section title="Accounts">
        <RingAccounts ring={ring.id} chosen={chosen} onChosen={onChosen} span={span} onSpan={setSpan} />
      </Section>
      <Section title="Who else did this">
        <WhoElse ring={ring.id} />
      </Section>
    </>
  );
}

/** One account may have been in several countries; it counts in each. */
function countriesOf(origins: readonly Origin[]) {
  const counts = new Map<string, number>();
  for (const { country, accounts } of origins) counts.set(country, (counts.get(country) ?? 0) + accounts);
  return [...counts].map(([country, value]) => ({ country, value }));
}
