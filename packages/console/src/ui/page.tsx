import { type ReactNode, useEffect, useRef } from 'react';

let pagesShown = 0;

interface PageProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/**
 * One page: its title in the tab and as its heading. Moving to another page moves the focus to that heading, so that a
 * screen reader says where it is; the first page of a visit leaves the focus where the browser puts it.
 */
export function Page({ title, lead, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (pagesShown++ > 0) heading.current?.focus({ preventScroll: true });
  }, []);
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
