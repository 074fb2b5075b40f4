import { useState } from 'react';
import { Icon } from './icon.tsx';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const icons = { system: 'system', light: 'sun', dark: 'moon' } as const;
const names = { system: 'as the system', light: 'light', dark: 'dark' };

/** Goes round the three themes; `theme.js` applies the chosen one before the first paint of the next visit. */
export function ThemeButton() {
  const [theme, setTheme] = useState(current);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  const turn = () => {
    apply(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      className="button button--quiet button--icon"
      onClick={turn}
      aria-label={`Theme: ${names[theme]}. Change to: ${names[next]}`}
      title={`Theme: ${names[theme]}`}
    >
      <Icon name={icons[theme]} />
    </button>
  );
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function apply(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('kith-theme', theme);
  } catch {
    // Storage may be forbidden; the theme then lasts as long as the page.
  }
}
