import type { CaseDetail, Exposure } from '@kith/protocol/study';
import { Notice } from '../../ui/notice.tsx';
import { grouped } from '../../words/counts.ts';
import { LoadError, Ready } from '../pieces/states.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { exactWords } from '../words/moments.ts';
import { useComputeExposure, useExposure } from './case-queries.ts';
import { ExposedMembers } from './exposed-members.tsx';
import { FiguresExplained } from './figures-explained.tsx';
import { Notices } from './notices.tsx';
import { Outputs } from './outputs.tsx';
import { ProtectedMembers } from './protected-members.tsx';

/** Who was exposed, and everything that is made of it. */
export function ExposurePart({ found }: { found: CaseDetail }) {
  const exposure = useExposure(found.id);
  const figures = exposure.data?.figures;
  return (
    <>
      <Section title="Exposure">
        <Ready query={exposure} what="the figures">
          {(data) => (
            <>
              <Progress exposure={data} />
              {data.figures && <FiguresExplained figures={data.figures} />}
              <Compute found={found} exposure={data} />
            </>
          )}
        </Ready>
      </Section>
      {figures && (
        <>
          <Section title="Who was exposed">
            <ExposedMembers id={found.id} figures={figures} />
          </Section>
          <Section title="Who was tried, and protected">
            <ProtectedMembers id={found.id} figures={figures} />
          </Section>
          <Section title="Reports and files">
            <Outputs id={found.id} computedAt={figures.computedAt} />
          </Section>
          <Section title="Notices to those exposed">
            <Notices id={found.id} figures={figures} />
          </Section>
        </>
      )}
    </>
  );
}

const phases: Record<string, string> = {
  accounts: 'reading what each account was shown',
  exposed: 'looking at each member whose card was shown',
  tried: 'finding out what protected the others',
};

function Progress({ exposure: { state, progress } }: { exposure: Exposure }) {
  if (state !== 'running') return null;
  const { done = 0, of = 0, phase = '' } = progress ?? {};
  return (
    <div className="stack stack--tight">
      <p role="status">
        Computing: {phases[phase] ?? 'reading the ledger'}, {grouped(done)} of {grouped(of)}
      </p>
      <progress aria-label="Exposure computed" max={Math.max(of, 1)} value={done} />
      <p className="small soft">It goes on without this page, and after a crash where it was.</p>
    </div>
  );
}

function Compute({ found, exposure }: { found: CaseDetail; exposure: Exposure }) {
  const compute = useComputeExposure(found.id);
  const isAnalyst = useMay('analyst');
  const { state, figures } = exposure;
  if (state === 'running') return null;
  if (found.rings.length === 0 && !figures)
    return <p className="soft">Add a ring first: exposure is what its accounts were shown.</p>;
  return (
    <>
      {found.computed?.stale && (
        <Notice kind="warn" title="The rings have changed since">
          <p>Compute anew, or the outputs tell what was known before.</p>
        </Notice>
      )}
      <div className="row row--spread">
        <p className="small soft">
          {figures
            ? `Computed ${exactWords(figures.computedAt)}. Every output has these figures.`
            : 'Reads the ledger for every card that an account of the case was shown, and when.'}
        </p>
        {isAnalyst && (
          <button
            type="button"
            className={`button ${figures ? '' : 'button--primary'}`}
            disabled={compute.isPending}
            onClick={() => compute.mutate()}
          >
            {figures ? 'Compute anew' : 'Compute exposure'}
          </button>
        )}
      </div>
      {compute.error && <LoadError error={compute.error} />}
    </>
  );
}
