import type { CaseDetail } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { LoadError } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { exactWords } from '../words/moments.ts';
import { useChangeCase } from './case-queries.ts';

/** When it was noticed, and who publishes what comes of it. */
export function Details({ found }: { found: CaseDetail }) {
  const [isEditing, setEditing] = useState(false);
  const isAnalyst = useMay('analyst');
  const { host, noticedAt } = found;
  const edit = isAnalyst && !isEditing && (
    <button type="button" className="button button--small" onClick={() => setEditing(true)}>
      Change
    </button>
  );
  return (
    <Section title="Details" tools={edit}>
      {isEditing ? (
        <Form found={found} onDone={() => setEditing(false)} />
      ) : (
        <dl className="pairs">
          <div>
            <dt>Noticed</dt>
            <dd>{noticedAt ? exactWords(noticedAt) : 'not said yet'}</dd>
          </div>
          <div>
            <dt>Published by</dt>
            <dd>{host.name ? <Clipped text={host.name} most={80} /> : 'not said yet'}</dd>
          </div>
          <div>
            <dt>Contact</dt>
            <dd>{host.contact ? <Clipped text={host.contact} most={120} canOpen /> : 'not said yet'}</dd>
          </div>
          <div>
            <dt>Country</dt>
            <dd>{host.country || 'not said yet'}</dd>
          </div>
        </dl>
      )}
    </Section>
  );
}

function Form({ found, onDone }: { found: CaseDetail; onDone: () => void }) {
  const change = useChangeCase(found.id);
  const [noticed, setNoticed] = useState(localMinute(found.noticedAt));
  const [host, setHost] = useState(found.host);
  const id = useId();
  const save = () =>
    change.mutate(
      { ...(noticed && { noticedAt: new Date(noticed).toISOString() }), host },
      { onSuccess: onDone },
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-noticed`}>Noticed, in your time zone</label>
        <input
          id={`${id}-noticed`}
          type="datetime-local"
          value={noticed}
          onChange={(event) => setNoticed(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-name`}>Published by</label>
        <input
          id={`${id}-name`}
          value={host.name}
          maxLength={500}
          onChange={(event) => setHost({ ...host, name: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-contact`}>Contact for those who are concerned</label>
        <input
          id={`${id}-contact`}
          value={host.contact}
          maxLength={2_000}
          onChange={(event) => setHost({ ...host, contact: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-country`}>Country, two letters</label>
        <input
          id={`${id}-country`}
          value={host.country}
          maxLength={2}
          pattern="[A-Z]{2}"
          onChange={(event) => setHost({ ...host, country: event.target.value.toUpperCase() })}
        />
      </div>
      {change.error && <LoadError error={change.error} />}
      <div className="row">
        <button type="submit" className="button button--primary button--small" disabled={change.isPending}>
          Save
        </button>
        <button type="button" className="button button--small" onClick={onDone}>
          Leave as it was
        </button>
      </div>
    </form>
  );
}

/** As the field wants it: local time without a zone. */
function localMinute(iso: string | undefined): string {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
