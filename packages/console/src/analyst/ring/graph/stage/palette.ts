/** Colours of the drawing, as the theme has them now. */
export interface Palette {
  account: string;
  near: string;
  faint: string;
  chosen: string;
  sought: string;
  edge: string;
  ink: string;
  paper: string;
  font: string;
  link: (signal: string) => string;
}

/** What the links have in common, by kind; the legend uses the same names. */
export const linkKinds = {
  address: { words: 'Address block', token: '--graph-address' },
  operator: { words: 'Network operator', token: '--graph-operator' },
  device: { words: 'Device', token: '--graph-device' },
  moment: { words: 'Moment of signing up', token: '--graph-moment' },
  other: { words: 'Client, rhythm, habit or target', token: '--graph-other' },
} as const;

export type LinkKind = keyof typeof linkKinds;

const kindsBySignal: Record<string, LinkKind> = {
  'shared-address': 'address',
  'shared-network': 'operator',
  'shared-device': 'device',
  'signup-burst': 'moment',
};

export function linkKindOf(signal: string | undefined): LinkKind {
  return kindsBySignal[signal?.replaceAll('_', '-') ?? ''] ?? 'other';
}

/**
 * Reads the theme's colours as numbers, which WebGL needs: a custom property holds `light-dark(...)`, only the colour of an
 * element has been worked out.
 */
export function readPalette(container: HTMLElement): Palette {
  const probe = container.appendChild(document.createElement('i'));
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const links = Object.fromEntries(
    Object.entries(linkKinds).map(([kind, { token }]) => [kind, read(token)]),
  ) as Record<LinkKind, string>;
  const palette = {
    account: read('--graph-account'),
    near: read('--graph-near'),
    faint: read('--graph-faint'),
    chosen: read('--graph-chosen'),
    sought: read('--sun'),
    edge: read('--graph-edge'),
    ink: read('--ink'),
    paper: read('--surface'),
    font: getComputedStyle(container).fontFamily,
    link: (signal: string) => links[linkKindOf(signal)],
  };
  probe.remove();
  return palette;
}

/** Calls back whenever the theme may have changed, until the returned function is called. */
export function onTheme(changed: () => void): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  media.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', changed);
  };
}
