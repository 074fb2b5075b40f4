import { useId } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { useMe } from '../data/queries.ts';
import type { SendingWay } from './way.ts';

interface HowItIsSentProps {
  way: SendingWay;
  setWay: (way: SendingWay) => void;
}

const ways: { value: SendingWay; title: string; what: string }[] = [
  {
    value: 'private',
    title: 'Privately',
    what: 'Kith never receives the numbers. This device works out codes that mean nothing to anybody who does not have your number and theirs.',
  },
  {
    value: 'plain',
    title: 'Plainly',
    what: 'Kith receives the numbers, makes a keyed code of each, and keeps only the codes.',
  },
];

/** The two ways to look, what each tells whom, and what choosing changes. */
export function HowItIsSent({ way, setWay }: HowItIsSentProps) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>
        <h3>How to look</h3>
      </legend>
      {ways.map(({ value, title, what }) => (
        <label key={value} className="choice">
          <input
            type="radio"
            name={name}
            value={value}
            checked={way === value}
            onChange={() => setWay(value)}
            aria-labelledby={`${name}-${value}`}
            aria-describedby={`${name}-${value}-what`}
          />
          <span className="choice__words">
            <span className="choice__title">
              <span id={`${name}-${value}`}>{title}</span>
              {value === 'private' && <span className="tag tag--good">Recommended</span>}
            </span>
            <span className="soft small" id={`${name}-${value}-what`}>
              {what}
            </span>
          </span>
        </label>
      ))}
      {way === 'private' && <NoNumber />}
      <WhatChanges />
    </fieldset>
  );
}

/** Without a number there are no keys, and so no meetings. */
function NoNumber() {
  const me = useMe();
  if (me.data?.hasPhone !== false) return null;
  return (
    <Notice kind="warn" title="Kith has no phone number of yours">
      <p>So there is nobody to meet. People who let anyone with their number find them can still be found.</p>
    </Notice>
  );
}

const differences: [what: string, privately: string, plainly: string][] = [
  ['Kith learns the numbers in your book', 'never', 'while it makes the codes'],
  [
    'Kith can try whether a number is in it',
    'not from the codes; only by misusing the keys it makes for members',
    'yes, with its own key',
  ],
  [
    'Kith learns who saved whom',
    'when both have, as it introduces them',
    'when both have; one-sided by trying',
  ],
  ['Whom you meet', 'those who look privately too', 'those who look plainly too'],
  ['The first time', 'about a minute for 1,000 numbers, worked out here', 'a second or two'],
  ['Kept in this browser', 'your keys and codes, so that the next time costs only new numbers', 'nothing'],
];

function WhatChanges() {
  return (
    <details className="more">
      <summary>What changes, and what stays the same</summary>
      <div className="stack stack--tight">
        <table className="compare small">
          <thead>
            <tr>
              <td />
              <th scope="col">Privately</th>
              <th scope="col">Plainly</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(([what, privately, plainly]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{privately}</td>
                <td>{plainly}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="soft small">
          The same in both: names never leave this device; Kith learns how many numbers you have and when you
          look; what you may look up, whom you are shown, who may find you, and the record of it.
        </p>
      </div>
    </details>
  );
}
