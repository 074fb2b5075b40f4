import { useQuery } from '@tanstack/react-query';
import { grouped } from '../../words/counts.ts';
import { CallError } from '../data/call.ts';
import type { LedgerCheckpoint } from '../data/types.ts';
import { Ready } from '../pieces/states.tsx';
import { useCall } from '../session/session-context.tsx';

/** The newest signed head of the ledger: who keeps it can tell later that nothing before it was changed. */
export function Checkpoint() {
  const call = useCall();
  const checkpoint = useQuery({
    queryKey: ['ledger', 'checkpoint'],
    queryFn: ({ signal }) => call<LedgerCheckpoint>('/v1/ledger/checkpoint', { signal }),
  });
  return (
    <section className="card stack checkpoint" aria-labelledby="checkpoint">
      <h2 id="checkpoint">Newest checkpoint</h2>
      {isUnsealed(checkpoint.error) ? (
        <p className="soft">Nothing has been sealed yet. Entries are sealed within seconds.</p>
      ) : (
        <Ready query={checkpoint} what="the newest checkpoint">
          {(data) => <Shown checkpoint={data} />}
        </Ready>
      )}
    </section>
  );
}

function isUnsealed(error: unknown): boolean {
  return error instanceof CallError && error.code === 'ledger_unsealed';
}

function Shown({ checkpoint: { checkpoint, size, rootHash, keyName } }: { checkpoint: LedgerCheckpoint }) {
  if (size === 0)
    return <p className="soft">Nothing has been sealed yet. Entries are sealed within seconds.</p>;
  return (
    <>
      <dl className="checkpoint__facts">
        <div>
          <dt>Entries sealed</dt>
          <dd className="numeric">{grouped(size)}</dd>
        </div>
        <div>
          <dt>Root of the tree</dt>
          <dd>
            <code>{rootHash}</code>
          </dd>
        </div>
        <div>
          <dt>Signed by</dt>
          <dd>
            <code>{keyName}</code>
          </dd>
        </div>
      </dl>
      <details className="more small">
        <summary>The signed note</summary>
        <pre className="ledger__raw">{checkpoint}</pre>
      </details>
    </>
  );
}
