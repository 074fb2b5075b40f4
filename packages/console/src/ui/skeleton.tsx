/** Where something is on its way: lines as tall as what will come, and words for those who hear the page. */
export function Skeleton({ what, lines = 3 }: { what: string; lines?: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Loading {what}</span>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing but their place
        <span key={at} className="skeleton__line" />
      ))}
    </div>
  );
}
