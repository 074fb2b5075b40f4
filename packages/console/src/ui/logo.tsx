/** Two circles and what they share: the meeting that takes both. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="logo__shared" d="M16 9.2a8.5 8.5 0 0 1 0 13.6 8.5 8.5 0 0 1 0-13.6z" />
      <circle className="logo__circle" cx="11" cy="16" r="8.5" />
      <circle className="logo__circle" cx="21" cy="16" r="8.5" />
    </svg>
  );
}
