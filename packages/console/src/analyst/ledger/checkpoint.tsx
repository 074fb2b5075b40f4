import type { LedgerCheckpoint } from '@kith/protocol/study';
import { useQuery } from '@tanstack/react-query';
import { grouped } from '../../words/counts.ts';
import { Ready } from '../pieces/states.tsx';
import { useCall } from '../session/session-context.tsx';

/** The newest signed head of the ledger: who keeps it can tell later that nothing before it was changed. */
export function Checkpoint() {
  const call = useCall();
  const checkpoint = useQuery({
    queryKey: ['ledger', 'checkpoint'],
    queryFn: ({ signal }) =>
      call<LedgerCheckpoint | undefined>('/v1/ledger/checkpoint', { signal }).then((head) => head ?? null),
  });
  return (
    <section className="card stack checkpoint" aria-labelledby="checkpoint">
      <h2 id="checkpoint">Newest checkpoint</h2>
      <Ready query={checkpoint} what="the newest checkpoint">
        {(head) => (head && head.size > 0 ? <Shown checkpoint={head} /> : <NothingSealed />)}
      </Ready>
    </section>
  );
}

function NothingSealed() {
  return <p className="soft">Nothing has been sealed yet. Entries are sealed within seconds.</p>;
}

function Shown({ checkpoint: { checkpoint, size, rootHash, keyName } }: { checkpoint: LedgerCheckpoint }) {
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
