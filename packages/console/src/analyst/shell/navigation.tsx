import { Link } from '@tanstack/react-router';
import { Glyph } from '../pieces/glyph.tsx';
import { useMay } from '../session/session-context.tsx';

const places = [
  { to: '/analyst', words: 'Overview', glyph: 'overview', role: 'viewer' },
  { to: '/analyst/rings', words: 'Rings', glyph: 'rings', role: 'viewer' },
  { to: '/analyst/cases', words: 'Cases', glyph: 'cases', role: 'viewer' },
  { to: '/analyst/ledger', words: 'Ledger', glyph: 'ledger', role: 'viewer' },
  { to: '/analyst/people', words: 'Analysts', glyph: 'analysts', role: 'admin' },
] as const;

/** Beside the page on a wide window, along the top of a tablet. */
export function Navigation() {
  const isAdmin = useMay('admin');
  const open = places.filter(({ role }) => role !== 'admin' || isAdmin);
  return (
    <nav className="places" aria-label="Main">
      <ul className="places__list">
        {open.map(({ to, words, glyph }) => (
          <li key={to}>
            <Link
              to={to}
              className="places__link"
              activeOptions={{ exact: to === '/analyst', includeSearch: false }}
            >
              <Glyph name={glyph} />
              <span>{words}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
