import { Link, useParams } from '@tanstack/react-router';
import '../../styles/analyst/plan.css';
import '../../styles/analyst/ring.css';
import type { Action } from '@kith/protocol/study';
import { counted } from '../../words/counts.ts';
import { Sheet } from '../pieces/sheet.tsx';
import { Ready } from '../pieces/states.tsx';
import { Section } from '../ring/section.tsx';
import { Decide } from './decide.tsx';
import { Honest } from './honest.tsx';
import { LeaveOut } from './leave-out.tsx';
import { People } from './people.tsx';
import { usePlan, useStep } from './plan-queries.ts';
import { planStates } from './plan-words.ts';
import { StalePlan } from './stale-plan.tsx';
import { WhatItDoes } from './what-it-does.tsx';

/** One plan: what it would do, who agrees, and then what it did. */
export function PlanPage() {
  const { id } = useParams({ from: '/analyst/plans/$id' });
  return <OnePlan key={id} id={id} />;
}

function OnePlan({ id }: { id: string }) {
  const step = useStep(id);
  const plan = usePlan(id, step.isPending);
  const { data } = plan;
  return (
    <Sheet
      title={data ? `${planStates[data.state].title}: ${counted(data.accounts, 'account')}` : 'Plan'}
      lead={data && planStates[data.state].means}
      above={
        data ? (
          <Link to="/analyst/rings/$id" params={{ id: data.ring }}>
            The ring
          </Link>
        ) : (
          <Link to="/analyst/rings">Rings</Link>
        )
      }
    >
      <Ready query={plan} what="the plan" lines={6}>
        {(action) => (
          <>
            {action.stale && isOpen(action) && <StalePlan plan={action} />}
            <Decide plan={action} step={step} readAt={plan.dataUpdatedAt} again={plan.refetch} />
            <People plan={action} />
            <Section title={isOpen(action) ? 'What it would do' : 'What it did'}>
              <WhatItDoes plan={action} />
            </Section>
            <Honest plan={action} />
            {action.state === 'planned' && !action.stale && <LeaveOut plan={action} />}
          </>
        )}
      </Ready>
    </Sheet>
  );
}

const isOpen = ({ state }: Action) => state === 'planned' || state === 'approved';
