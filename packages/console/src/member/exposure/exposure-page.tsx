import type { Exposure } from '@kith/protocol';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { BarChart } from '../../ui/bar-chart.tsx';
import { useClock } from '../../ui/clock.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { counted, grouped } from '../../words/counts.ts';
import { chartWords, monthBars } from '../../words/months.ts';
import { settingOf } from '../../words/settings.ts';
import { useExposure, useMe } from '../data/queries.ts';
import { PersonCard } from '../people/person-card.tsx';

const viewersAtFirst = 6;

/** What others saw of me. */
export function ExposurePage() {
  const exposure = useExposure();
  return (
    <Page
      title="Who found me"
      lead="Every time that your card was shown to somebody is on record. This is that record."
    >
      <Loaded query={exposure} what="who found you">
        {(data) => (data.times === 0 ? <NobodyYet /> : <Record exposure={data} />)}
      </Loaded>
      <Setting />
    </Page>
  );
}

function Record({ exposure }: { exposure: Exposure }) {
  const { now, locale } = useClock();
  const bars = monthBars(exposure.byMonth, now, locale);
  const viewers = exposure.viewers ?? [];
  const [shown, setShown] = useState(viewersAtFirst);
  const strangers = Math.max(0, exposure.revealedTo - viewers.length);
  return (
    <>
      <div className="card stack">
        <dl className="facts numeric">
          <div>
            <dt>{exposure.revealedTo === 1 ? 'account' : 'accounts'}</dt>
            <dd>{grouped(exposure.revealedTo)}</dd>
          </div>
          <div>
            <dt>{exposure.times === 1 ? 'time' : 'times'} in all</dt>
            <dd>{grouped(exposure.times)}</dd>
          </div>
        </dl>
        <BarChart title="By month" bars={bars} summary={chartWords(bars)} />
      </div>
      {viewers.length > 0 && (
        <section className="stack" aria-labelledby="viewers">
          <h2 id="viewers">Among them, people you know</h2>
          <ul className="people">
            {viewers.slice(0, shown).map((person) => (
              <PersonCard key={person.id} person={person} />
            ))}
          </ul>
          {viewers.length > shown && (
            <p>
              <button type="button" className="button" onClick={() => setShown(viewers.length)}>
                Show all {viewers.length}
              </button>
            </p>
          )}
        </section>
      )}
      {strangers > 0 && (
        <p className="soft">
          {counted(strangers, 'other account with your number has', 'other accounts with your number have')}{' '}
          seen your card. Which they are is on record, and not told here: they have not agreed to be shown to
          you.
        </p>
      )}
    </>
  );
}

function NobodyYet() {
  return (
    <section className="card empty">
      <h2>Nobody has seen your card</h2>
      <p className="soft">When somebody does, the account is counted here at once.</p>
    </section>
  );
}

function Setting() {
  const me = useMe();
  if (!me.data) return null;
  return (
    <p>
      Now <strong>{settingOf(me.data.discoverable).who}</strong> can find you by your number.{' '}
      <Link to="/">Change this</Link>
    </p>
  );
}
