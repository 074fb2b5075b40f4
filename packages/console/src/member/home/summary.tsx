import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { grouped } from '../../words/counts.ts';
import { useBudget, useExposure, usePeople } from '../data/queries.ts';

/** Three figures that lead to their pages; for a member who has sent nothing yet, the first step instead. */
export function Summary() {
  const people = usePeople();
  const exposure = useExposure();
  const budget = useBudget();
  const found = people.data?.pages.flatMap((page) => page.people).length;
  const untouched = budget.data && budget.data.slots.left === budget.data.slots.capacity && found === 0;
  return (
    <>
      {untouched && <FirstStep />}
      <ul className="figures" aria-label="At a glance">
        <Figure to="/people" label="people found" value={found} more={people.hasNextPage} />
        <Figure to="/exposure" label="accounts saw your card" value={exposure.data?.revealedTo} />
        <Figure to="/budget" label="numbers waiting for their turn" value={budget.data?.waiting} />
      </ul>
    </>
  );
}

interface FigureProps {
  to: '/people' | '/exposure' | '/budget';
  label: string;
  value: number | undefined;
  more?: boolean;
}

function Figure({ to, label, value, more }: FigureProps): ReactNode {
  return (
    <li>
      <Link to={to} className="figure">
        <span className="figure__value numeric">
          {value === undefined ? '–' : `${grouped(value)}${more ? '+' : ''}`}
        </span>
        <span className="figure__label">{label}</span>
        <Icon name="arrow" />
      </Link>
    </li>
  );
}

function FirstStep() {
  return (
    <section className="card first" aria-labelledby="first-step">
      <div>
        <h2 id="first-step">Start with your address book</h2>
        <p className="soft">
          It is read here, on this device. You see what was understood before anything is sent, and unless you
          choose otherwise not even the numbers are.
        </p>
      </div>
      <Link to="/import" className="button button--primary">
        Import contacts
      </Link>
    </section>
  );
}
