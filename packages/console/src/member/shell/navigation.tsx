import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icon.tsx';

const places = [
  { to: '/', long: 'Home', short: 'Home', icon: 'home' },
  { to: '/import', long: 'Import contacts', short: 'Import', icon: 'import' },
  { to: '/people', long: 'People found', short: 'People', icon: 'people' },
  { to: '/exposure', long: 'Who found me', short: 'Found me', icon: 'eye' },
  { to: '/budget', long: 'What I may look up', short: 'Look up', icon: 'gauge' },
] as const;

/** Beside the page on a wide window, under the thumb on a phone. */
export function Navigation() {
  return (
    <nav className="nav" aria-label="Main">
      <ul className="nav__list">
        {places.map(({ to, long, short, icon }) => (
          <li key={to}>
            <Link to={to} className="nav__link" activeOptions={{ exact: true }} aria-label={long}>
              <Icon name={icon} />
              <span className="nav__long">{long}</span>
              <span className="nav__short">{short}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
