import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  /** Beside the title. */
  tools?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a page, under its own heading. */
export function Section({ title, tools, className = '', children }: SectionProps) {
  const id = useId();
  return (
    <section className={`card section ${className}`} aria-labelledby={id}>
      <div className="row row--spread">
        <h2 id={id}>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
