import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signals } from './index.ts';

const page = readFileSync(new URL('../../../../docs/detection.md', import.meta.url), 'utf8');

describe('docs/detection.md', () => {
  it('lists every signal, and none that there is not, in the order of the code', () => {
    const listed = [...page.matchAll(/^#### .+ \(`([a-z-]+)`\)$/gm)].map(([, id]) => id);
    expect(listed).toEqual(signals.map(({ id }) => id));
  });

  it.each(signals.map((signal) => [signal.id, signal] as const))(
    'says of %s what the code says',
    (id, { title, family, means, blindSpots, hardToEvade }) => {
      const section = page.split(/^#### /m).find((part) => part.startsWith(`${title} (\`${id}\`)`)) ?? '';
      expect(section).toContain(means);
      expect(section).toContain(`_Blind spots_: ${blindSpots}`);
      expect(section).toContain(`family \`${family}\``);
      expect(section.includes('**hard to evade**')).toBe(hardToEvade);
    },
  );

  it('says first what detection cannot see', () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings[0]).toBe('What it cannot see');
  });
});
