import type { LedgerCheckpoint, LedgerEntry, LedgerProof } from '@kith/protocol/study';
import { useMutation } from '@tanstack/react-query';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Call } from '../data/call.ts';
import { useCall } from '../session/session-context.tsx';
import { troubleOf } from '../words/problems.ts';
import type { Verdict } from './check-proof.ts';

/** Checks one entry in this browser, with no trust in whoever gave the proof. */
export function Verify({ entry }: { entry: LedgerEntry }) {
  const call = useCall();
  const announce = useAnnounce();
  const check = useMutation({
    mutationFn: () => checkEntry(call, entry),
    onSuccess: (verdict) => announce(wordsOf(verdict)),
  });
  if (entry.index === null) {
    return (
      <span className="soft small" title="Entries are sealed within seconds; until then nothing proves them.">
        Not sealed yet
      </span>
    );
  }
  if (check.data) return <VerdictMark verdict={check.data} />;
  return (
    <>
      <button
        type="button"
        className="button button--small"
        disabled={check.isPending}
        onClick={() => check.mutate()}
      >
        {check.isPending ? 'Checking …' : 'Verify'}
      </button>
      {check.error && <p className="field__error">{troubleOf(check.error).title}</p>}
    </>
  );
}

/** The arithmetic comes when it is first needed. */
async function checkEntry(call: Call, entry: LedgerEntry): Promise<Verdict> {
  const [{ checkProof }, proof, key] = await Promise.all([
    import('./check-proof.ts'),
    call<LedgerProof>(`/v1/ledger/entries/${encodeURIComponent(entry.id)}/proof`),
    call<LedgerCheckpoint>('/v1/ledger/checkpoint'),
  ]);
  return checkProof(proof, key, entry);
}

function VerdictMark({ verdict }: { verdict: Verdict }) {
  return (
    <p className={verdict.ok ? 'verdict' : 'verdict verdict--bad'} role={verdict.ok ? undefined : 'alert'}>
      <Icon name={verdict.ok ? 'check' : 'warn'} />
      <span>{wordsOf(verdict)}</span>
    </p>
  );
}

const faults = {
  checkpoint_forged: 'Not proved: the checkpoint is not signed by the ledger’s key',
  proof_malformed: 'Not proved: what came is not a proof',
  other_entry: 'Not proved: what was signed is not what is shown here',
  not_included: 'Not proved: this entry is not in the tree that was signed',
};

function wordsOf(verdict: Verdict): string {
  return verdict.ok
    ? `Proved: entry ${verdict.index} of the ${verdict.size} that were signed`
    : faults[verdict.reason];
}
