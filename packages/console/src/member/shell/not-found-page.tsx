import { Link } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';

export function NotFoundPage() {
  return (
    <Page title="There is no such page" lead="The address may be mistyped, or from an older version of Kith.">
      <p>
        <Link to="/" className="button button--primary">
          To the start
        </Link>
      </p>
    </Page>
  );
}
