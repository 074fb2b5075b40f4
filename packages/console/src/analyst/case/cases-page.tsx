import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import '../../styles/analyst/case.css';
import '../../styles/analyst/ring.css';
import type { CaseSummary } from '@kith/protocol/study';
import { grouped } from '../../words/counts.ts';
import { useOpenCases } from '../data/queries.ts';
import { AskDialog } from '../pieces/ask-dialog.tsx';
import { ScrollRegion } from '../pieces/scroll-region.tsx';
import { Sheet } from '../pieces/sheet.tsx';
import { EmptyState, Ready } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { useMay } from '../session/session-context.tsx';
import { exactWords } from '../words/moments.ts';
import { useNewCase } from './case-queries.ts';

/** All investigations, those that are open first. */
export function CasesPage() {
  const cases = useOpenCases(true);
  const isAnalyst = useMay('analyst');
  const [isNew, setNew] = useState(false);
  const button = isAnalyst && (
    <button type="button" className="button button--primary" onClick={() => setNew(true)}>
      New case
    </button>
  );
  return (
    <Sheet
      title="Cases"
      lead="One investigation each: rings, notes, who was exposed, and what is told to whom."
      tools={button}
    >
      <Ready query={cases} what="the cases" lines={5}>
        {({ cases: all }) =>
          all.length === 0 ? (
            <EmptyState title="No cases yet">
              <p>A case begins with a ring: open one, and press “Add to case”.</p>
              <Link to="/analyst/rings" className="button">
                To the rings
              </Link>
            </EmptyState>
          ) : (
            <CaseTable cases={all} />
          )
        }
      </Ready>
      <NewCase open={isNew} onClose={() => setNew(false)} />
    </Sheet>
  );
}

function CaseTable({ cases }: { cases: readonly CaseSummary[] }) {
  const ordered = cases.toSorted(
    (a, b) => b.state.localeCompare(a.state) || b.openedAt.localeCompare(a.openedAt),
  );
  return (
    <ScrollRegion className="card card--table scroller" label="Cases">
      <table className="table table--dense">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">State</th>
            <th scope="col" className="table__number">
              Rings
            </th>
            <th scope="col" className="table__number">
              Accounts
            </th>
            <th scope="col" className="table__number">
              Members exposed
            </th>
            <th scope="col">Opened</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link to="/analyst/cases/$id" params={{ id: one.id }}>
                  <Clipped text={one.name} most={80} />
                </Link>
              </th>
              <td>{one.state === 'open' ? 'Open' : 'Closed'}</td>
              <td className="table__number">{grouped(one.rings.length)}</td>
              <td className="table__number">{grouped(one.accounts)}</td>
              <td className="table__number">
                {one.exposed === undefined ? (
                  <span className="soft">not computed</span>
                ) : (
                  grouped(one.exposed)
                )}
              </td>
              <td>
                {exactWords(one.openedAt)} by <bdi>{one.openedBy}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function NewCase({ open, onClose }: { open: boolean; onClose: () => void }) {
  const make = useNewCase();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const id = useId();
  const create = () =>
    make.mutate(name.trim(), {
      onSuccess: (made) => navigate({ to: '/analyst/cases/$id', params: { id: made.id } }),
    });
  return (
    <AskDialog
      open={open}
      title="New case"
      onClose={onClose}
      action="Open the case"
      onAct={create}
      isReady={name.trim() !== ''}
      isPending={make.isPending}
      error={make.error}
    >
      <div className="field">
        <label htmlFor={id}>Its name</label>
        <input id={id} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <p className="soft small">Rings are added afterwards, from their pages.</p>
      </div>
    </AskDialog>
  );
}
