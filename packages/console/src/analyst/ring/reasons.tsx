import type { Reason } from '@kith/protocol/study';

/** Why these accounts are held to act as one: each reason in words, with how much it weighs. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const most = Math.max(1, ...reasons.map(({ weight }) => Math.abs(weight)));
  if (reasons.length === 0) return <p className="soft">Detection gave no reasons for this ring.</p>;
  return (
    <ol className="reasons">
      {reasons.map((reason) => (
        <ReasonItem key={`${reason.signal} ${reason.words}`} reason={reason} most={most} />
      ))}
    </ol>
  );
}

function ReasonItem({ reason, most }: { reason: Reason; most: number }) {
  const { title, words, weight, share, hardToEvade } = reason;
  const isAgainst = weight < 0;
  return (
    <li className="reason">
      <p className="reason__head">
        <strong>{title}</strong>
        <span className="numeric">
          {isAgainst ? '−' : '+'}
          {Math.abs(weight).toFixed(1)}
        </span>
      </p>
      <p>{words}</p>
      <svg
        className={`weight ${isAgainst ? 'weight--against' : ''}`}
        width="100%"
        height="8"
        aria-hidden="true"
        focusable="false"
      >
        <rect className="weight__track" width="100%" height="8" rx="4" />
        <rect className="weight__bar" width={`${(Math.abs(weight) / most) * 100}%`} height="8" rx="4" />
      </svg>
      <p className="soft small">
        {isAgainst ? 'Speaks for honesty in' : 'Speaks for'} {Math.round(share * 100)} % of the accounts
        {hardToEvade && ' · hard to evade'}
      </p>
    </li>
  );
}
