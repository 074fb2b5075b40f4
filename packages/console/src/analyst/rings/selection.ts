import { useState } from 'react';

/** Which rings are selected; those no longer shown fall out of it. */
export function useSelection(shown: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = shown.filter((id) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const all = shown.length > 0 && ids.length === shown.length;
  return {
    count: ids.length,
    all,
    has: (id: string) => chosen.has(id),
    toggle,
    toggleAll: () => setChosen(new Set(all ? [] : shown)),
    clear: () => setChosen(new Set()),
  };
}
