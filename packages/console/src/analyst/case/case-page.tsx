import { Link, useParams } from '@tanstack/react-router';
import '../../styles/analyst/case.css';
import '../../styles/analyst/ring.css';
import type { CaseDetail } from '@kith/protocol/study';
import { Sheet } from '../pieces/sheet.tsx';
import { LoadError, Ready } from '../pieces/states.tsx';
import { clip } from '../ring/clipped.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { exactWords } from '../words/moments.ts';
import { AttributionPart } from './attribution.tsx';
import { useCase, useChangeCase } from './case-queries.ts';
import { CaseRings } from './case-rings.tsx';
import { CaseTimeline } from './case-timeline.tsx';
import { Details } from './details.tsx';
import { ExposurePart } from './exposure-part.tsx';
import { Records } from './records.tsx';

/** One investigation, from the first ring to what is told to everybody. */
export function CasePage() {
  const { id } = useParams({ from: '/analyst/cases/$id' });
  return <OneCase key={id} id={id} />;
}

function OneCase({ id }: { id: string }) {
  const query = useCase(id);
  const { data } = query;
  return (
    <Sheet
      title={data ? clip(data.name, 120) : 'Case'}
      above={<Link to="/analyst/cases">Cases</Link>}
      lead={
        data && (
          <>
            {data.state === 'open' ? 'Open' : 'Closed'} · opened {exactWords(data.openedAt)} by{' '}
            <bdi>{data.openedBy}</bdi>
          </>
        )
      }
      tools={data && <OpenOrClose found={data} />}
    >
      <Ready query={query} what="the case" lines={8}>
        {(found) => (
          <div className="study-columns">
            <div className="stack stack--wide">
              <Section title="Rings">
                <CaseRings found={found} />
              </Section>
              <ExposurePart found={found} />
            </div>
            <div className="stack stack--wide">
              <Details found={found} />
              <AttributionPart found={found} />
              <Records found={found} />
              <Section title="Timeline">
                <CaseTimeline events={found.timeline} />
              </Section>
            </div>
          </div>
        )}
      </Ready>
    </Sheet>
  );
}

function OpenOrClose({ found }: { found: CaseDetail }) {
  const change = useChangeCase(found.id);
  const isAnalyst = useMay('analyst');
  const next = found.state === 'open' ? 'closed' : 'open';
  if (!isAnalyst) return null;
  return (
    <>
      {change.error && <LoadError error={change.error} />}
      <button
        type="button"
        className="button"
        disabled={change.isPending}
        onClick={() => change.mutate({ state: next })}
      >
        {next === 'closed' ? 'Close the case' : 'Open again'}
      </button>
    </>
  );
}
