export interface Bar {
  name: string;
  value: number;
}

/**
 * Bars for a terminal, one a line, logarithmic: each cell is the same factor.
 *
 * @param columns width of the longest bar, cells.
 */
export function barChart(title: string, bars: readonly Bar[], columns = 48): string {
  const highest = Math.max(1, ...bars.map((bar) => bar.value));
  const nameWidth = Math.max(...bars.map((bar) => bar.name.length));
  const lines = bars.map(({ name, value }) => {
    const share = Math.log10(value + 1) / Math.log10(highest + 1);
    const cells = value > 0 ? Math.max(1, Math.round(columns * share)) : 0;
    return `  ${name.padEnd(nameWidth)}  ${'█'.repeat(cells)} ${value.toLocaleString('en')}`;
  });
  return [`${title} (logarithmic)`, ...lines].join('\n');
}
