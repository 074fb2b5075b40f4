import type { Analyst } from '@kith/protocol/study';
import { useState } from 'react';
import { useAnalysts } from '../data/queries.ts';
import { Glyph } from '../pieces/glyph.tsx';
import { ScrollRegion } from '../pieces/scroll-region.tsx';
import { Sheet } from '../pieces/sheet.tsx';
import { EmptyState, NoPermission, Ready } from '../pieces/states.tsx';
import { useMay } from '../session/session-context.tsx';
import { AddAnalyst } from './add-analyst.tsx';
import { AnalystRow } from './analyst-row.tsx';
import { FirstPasswordNote } from './first-password-note.tsx';

/** Who may come in, and what each may do. */
export function PeoplePage() {
  const isAdmin = useMay('admin');
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<Analyst>();
  return (
    <Sheet
      title="Analysts"
      lead="Who may come into the study, and what each may do there."
      tools={
        isAdmin && (
          <button type="button" className="button button--primary" onClick={() => setAdding(true)}>
            <Glyph name="plus" /> Add an analyst
          </button>
        )
      }
    >
      {issued?.password !== undefined && (
        <FirstPasswordNote name={issued.name} password={issued.password} close={() => setIssued(undefined)} />
      )}
      {isAdmin ? <List onIssued={setIssued} /> : <NoPermission what="who the other analysts are" />}
      <AddAnalyst open={adding} onClose={() => setAdding(false)} onAdded={setIssued} />
    </Sheet>
  );
}

function List({ onIssued }: { onIssued: (analyst: Analyst) => void }) {
  const analysts = useAnalysts();
  return (
    <Ready query={analysts} what="the analysts" lines={6}>
      {(data) =>
        data.analysts.length === 0 ? (
          <EmptyState title="Nobody has an account here">
            <p>Those who sign in through your identity provider appear here after they have been in once.</p>
          </EmptyState>
        ) : (
          <AnalystTable analysts={data.analysts} onIssued={onIssued} />
        )
      }
    </Ready>
  );
}

interface AnalystTableProps {
  analysts: Analyst[];
  onIssued: (analyst: Analyst) => void;
}

function AnalystTable({ analysts, onIssued }: AnalystTableProps) {
  return (
    <ScrollRegion className="card card--table scroller" label="Analysts">
      <table className="table analysts">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Signs in</th>
            <th scope="col">Last seen</th>
            <th scope="col">Account</th>
          </tr>
        </thead>
        <tbody>
          {analysts.map((analyst) => (
            <AnalystRow key={analyst.id} analyst={analyst} onIssued={onIssued} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
