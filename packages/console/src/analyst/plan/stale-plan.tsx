import type { Action } from '@kith/protocol/study';
import { useNavigate } from '@tanstack/react-router';
import { Notice } from '../../ui/notice.tsx';
import { LoadError } from '../pieces/states.tsx';
import { usePlanSuspension } from '../ring/ring-queries.ts';
import { useMay } from '../session/session-context.tsx';

/** The ring is no longer the one that was planned for: the plan is for reading only, and one press makes it anew. */
export function StalePlan({ plan }: { plan: Action }) {
  const again = usePlanSuspension(plan.ring);
  const navigate = useNavigate();
  const isAnalyst = useMay('analyst');
  const make = () =>
    again.mutate(plan.leftOut, {
      onSuccess: ({ id }) => navigate({ to: '/analyst/plans/$id', params: { id } }),
    });
  return (
    <Notice kind="warn" title="The ring has changed since this plan was made" role="status">
      <p>
        Detection ran again and its accounts are others now. This plan can be neither approved nor carried
        out; a new one leaves the same accounts out and asks for approval anew.
      </p>
      {isAnalyst && (
        <button type="button" className="button button--small" disabled={again.isPending} onClick={make}>
          Make it anew
        </button>
      )}
      {again.error && <LoadError error={again.error} />}
    </Notice>
  );
}
