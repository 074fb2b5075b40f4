/** One figure: what it counts, the count, and a few words more. */
export type Figure = readonly [what: string, figure: string, more: string];

/** Figures side by side. */
export function FigureList({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="figure-list">
      {figures.map(([what, figure, more]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd className="figure-list__figure numeric">{figure}</dd>
          <dd className="soft small">{more}</dd>
        </div>
      ))}
    </dl>
  );
}
