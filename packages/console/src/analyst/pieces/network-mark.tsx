import { networkWords } from '../words/networks.ts';

/** What kind of network it is, marked where honest people seldom come from it. */
export function NetworkMark({ kind }: { kind: string }) {
  const { title, warns } = networkWords(kind);
  if (title === '') return null;
  return warns ? (
    <span className="tag tag--network" title={warns}>
      {title}
    </span>
  ) : (
    <span className="soft small">{title}</span>
  );
}
