import { type ReactNode, useEffect } from 'react';
import { useArrival } from '../../ui/use-arrival.ts';

interface SheetProps {
  title: string;
  lead?: ReactNode;
  /** Where this stands, above the title: a link back to the list. */
  above?: ReactNode;
  /** Buttons at the right of the title. */
  tools?: ReactNode;
  children: ReactNode;
}

/** A page of the study: its title in the tab and as its heading, which has the focus after a move to it. */
export function Sheet({ title, lead, above, tools, children }: SheetProps) {
  const heading = useArrival(window.location.pathname);
  useEffect(() => {
    document.title = `${title} · Kith study`;
  }, [title]);
  return (
    <div className="sheet">
      <header className="sheet__head">
        <div className="sheet__words">
          {above && <p className="sheet__above">{above}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className="sheet__lead">{lead}</p>}
        </div>
        {tools && <div className="sheet__tools">{tools}</div>}
      </header>
      {children}
    </div>
  );
}
