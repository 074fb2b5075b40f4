import { linkKinds } from './stage/palette.ts';

const accountKinds = [
  ['flagged', 'Account of the ring'],
  ['near', 'Near: below the bar, nothing is done to it'],
  ['chosen', 'Chosen'],
] as const;

/** What colours and sizes say; whoever cannot tell the colours has the list. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      {accountKinds.map(([kind, words]) => (
        <li key={kind}>
          <span className={`legend__dot legend__dot--${kind}`} />
          {words}
        </li>
      ))}
      {Object.entries(linkKinds).map(([kind, { words }]) => (
        <li key={kind}>
          <span className={`legend__dot legend__dot--link legend__dot--${kind}`} />
          {words}
        </li>
      ))}
    </ul>
  );
}
