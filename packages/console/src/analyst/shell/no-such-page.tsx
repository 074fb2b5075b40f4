import { Link } from '@tanstack/react-router';
import { Sheet } from '../pieces/sheet.tsx';

export function NoSuchPage() {
  return (
    <Sheet
      title="There is no such page"
      lead="The address may be mistyped, or from an older version of Kith."
    >
      <p>
        <Link to="/analyst" className="button button--primary">
          To the overview
        </Link>
      </p>
    </Sheet>
  );
}
