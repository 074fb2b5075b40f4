import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const Announce = createContext<(text: string) => void>(() => {});

/** One polite live region for the whole app; it must be in the page before anything is said in it. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  // A no-break space, every other time, makes the same sentence new to a screen reader.
  const announce = useCallback((text: string) => setSaid(({ turn }) => ({ text, turn: turn + 1 })), []);
  return (
    <Announce value={announce}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
        {said.text}
        {said.turn % 2 === 1 && '\u00a0'}
      </div>
    </Announce>
  );
}

/** Says a sentence to screen readers. */
export const useAnnounce = () => useContext(Announce);
