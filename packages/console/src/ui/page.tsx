import { type ReactNode, useEffect } from 'react';
import { useArrival } from './use-arrival.ts';

interface PageProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** One page: its title in the tab and as its heading, which has the focus after a move to it. */
export function Page({ title, lead, children }: PageProps) {
  const heading = useArrival(window.location.pathname);
  useEffect(() => {
    document.title = `${title} · Kith`;
  }, [title]);
  return (
    <div className="page">
      <header className="page__head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className="page__lead">{lead}</p>}
      </header>
      {children}
    </div>
  );
}
