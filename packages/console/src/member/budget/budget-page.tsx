import type { BudgetReport } from '@kith/protocol';
import { useClock } from '../../ui/clock.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { type BudgetName, budgetWords, waitingWords } from '../../words/meters.ts';
import { useBudget } from '../data/queries.ts';

const names: readonly BudgetName[] = ['slots', 'lookups', 'reveals'];

/** What I may still look up, and when there will be more. */
export function BudgetPage() {
  const budget = useBudget();
  return (
    <Page
      title="What I may still look up"
      lead="The limits count new numbers, never repeated ones, and fill up again by themselves."
    >
      <Loaded query={budget} what="your budgets">
        {(data) => <Budgets budget={data} />}
      </Loaded>
      <Why />
    </Page>
  );
}

function Budgets({ budget }: { budget: BudgetReport }) {
  const waiting = waitingWords(budget, useClock());
  return (
    <>
      {waiting ? (
        <Notice>
          <p>{waiting}</p>
        </Notice>
      ) : (
        <Notice kind="good">
          <p>Nothing of yours is waiting.</p>
        </Notice>
      )}
      <div className="meters">
        {names.map((name) => (
          <Meter key={name} {...budgetWords[name]} bucket={budget[name]} />
        ))}
      </div>
    </>
  );
}

function Why() {
  return (
    <section className="card stack" aria-labelledby="why-limits">
      <h2 id="why-limits">Why there are limits</h2>
      <p>
        Somebody with a list of a million numbers must not be able to turn it into a million names. A real
        address book hardly notices the limits; a list does.
      </p>
      <ul className="list">
        <li>What is over the limit is not refused: it waits, and runs by itself as the budget fills.</li>
        <li>Each contact who has saved you as well adds to your open look-ups and names.</li>
        <li>Sending the same number again costs nothing.</li>
      </ul>
    </section>
  );
}
