import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { savedAs } from './saved-as.ts';

interface LocalNames {
  names: readonly string[];
  remember: (names: readonly string[]) => void;
}

const Names = createContext<LocalNames>({ names: [], remember: () => {} });

/** The names of the address book that was imported last, in the memory of this page alone: never stored, never sent. */
export function LocalNamesProvider({ children }: { children: ReactNode }) {
  const [names, remember] = useState<readonly string[]>([]);
  return <Names value={useMemo(() => ({ names, remember }), [names])}>{children}</Names>;
}

/** Keeps the names of an address book until the page is closed or the member signs out. */
export const useRememberNames = () => useContext(Names).remember;

/** How a person's name stands in the address book that was imported in this page. */
export function useSavedAs(name: string): string | undefined {
  const { names } = useContext(Names);
  return useMemo(() => savedAs(name, names), [name, names]);
}
