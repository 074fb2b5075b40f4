import { Link } from '@tanstack/react-router';
import { Notice } from '../../ui/notice.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { useMay } from '../session/session-context.tsx';
import { type AttackStatus, useAttack, useStartAttack } from './attack-queries.ts';

/** The guided demo: a button that lets the attack of 2019 begin, and what to do then. Only where the service is a demo. */
export function AttackStory() {
  const attack = useAttack();
  const mayStart = useMay('analyst');
  if (!attack.data) return null;
  switch (attack.data.state) {
    case 'none':
      return <Begin mayStart={mayStart} />;
    case 'running':
      return <Running attack={attack.data} />;
    case 'done':
      return <Over attack={attack.data} mayStart={mayStart} />;
  }
}

function Begin({ mayStart }: { mayStart: boolean }) {
  return (
    <Notice title="The night of 24 December 2019">
      <p>
        This is a demo town. Let two networks of fake accounts from Iran, Israel and Malaysia upload lists of
        all possible numbers of the region, as it was done then. Two days pass in a few minutes.
      </p>
      {mayStart ? <StartButton label="Let the attack begin" /> : <p>An analyst can start it.</p>}
    </Notice>
  );
}

function StartButton({ label }: { label: string }) {
  const start = useStartAttack();
  return (
    <>
      <p>
        <button
          type="button"
          className="button button--primary"
          onClick={() => start.mutate()}
          aria-busy={start.isPending}
        >
          {start.isPending ? 'Starting …' : label}
        </button>
      </p>
      {start.isError && <p role="alert">It could not be started. Try again.</p>}
    </>
  );
}

function Running({ attack: { progress, accounts, numbers } }: { attack: AttackStatus }) {
  if (progress.done === 0) return <Beforehand />;
  const over = progress.done === progress.of;
  return (
    <Notice kind="warn" title="The attack is under way">
      <p className="numeric">
        {counted(accounts, 'fake account')} in all, {counted(numbers, 'number')} tried so far
        {over && '; looking for rings'}.
      </p>
      <progress
        aria-label="How much of the attack is over"
        max={progress.of}
        {...(!over && { value: progress.done })}
      />
      <p className="soft small">
        Watch the hours, the map and the networks below. Rings appear when they are found.
      </p>
    </Notice>
  );
}

/** Nothing has been sent yet: after a first start, most likely because the town has no past so far. */
function Beforehand() {
  return (
    <Notice title="The attack is about to begin">
      <p>
        First the town lives through the months before, so that what is usual there is known. After a first
        start this takes a minute or two, on a busy machine longer; the attack then begins by itself.
      </p>
      <progress aria-label="Waiting for the town’s past" />
    </Notice>
  );
}

function Over({
  attack: { accounts, numbers, problem },
  mayStart,
}: {
  attack: AttackStatus;
  mayStart: boolean;
}) {
  return (
    <Notice
      kind={problem ? 'danger' : 'good'}
      title={problem ? 'The attack broke off' : 'The attack is over'}
    >
      <p className="numeric">
        {problem
          ? `The demo could not go on (${problem}).`
          : `${grouped(accounts)} fake accounts have tried ${grouped(numbers)} numbers. Now it is your turn:`}
      </p>
      {!problem && (
        <ol className="list">
          <li>
            <Link to="/analyst/rings">Open the rings</Link> and see what ties their accounts together.
          </li>
          <li>Plan a suspension, and sign in as the other demo analyst in another window to approve it.</li>
          <li>
            <Link to="/analyst/cases/$id" params={{ id: 'demo' }}>
              Open the case
            </Link>
            , have the exposure computed, and read the report and the statement.
          </li>
        </ol>
      )}
      {mayStart && problem && <StartButton label="Try again" />}
    </Notice>
  );
}
