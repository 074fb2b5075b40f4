import { Page } from '../../ui/page.tsx';
import { useSignedIn } from '../session/session-context.tsx';

/** What a suspended member sees, wherever it goes. */
export function SuspendedPage({ again }: { again: () => unknown }) {
  const { signOut } = useSignedIn();
  return (
    <Page
      title="This account is suspended"
      lead="While it is, it can find nobody and nobody can find it. Look-ups that were waiting have been withdrawn."
    >
      <section className="card stack">
        <h2>If you think that this is a mistake</h2>
        <p>
          Write to the support of the app that you use Kith in. A person there can see why it happened, and
          undo it. What was yours before comes back then.
        </p>
        <p className="row">
          <button type="button" className="button button--primary" onClick={() => again()}>
            Check again
          </button>
          <button type="button" className="button" onClick={signOut}>
            Sign out
          </button>
        </p>
      </section>
    </Page>
  );
}
