import { type ReactNode, useState } from 'react';

interface RecordedViewProps {
  /** What the button says. */
  words: string;
  children: ReactNode;
}

/** People are shown only to somebody who asks for them, because each look at them stands in the ledger. */
export function RecordedView({ words, children }: RecordedViewProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen)
    return (
      <>
        <p className="small soft" role="status">
          This look is in the ledger, with your name.
        </p>
        {children}
      </>
    );
  return (
    <div className="row">
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {words}
      </button>
      <span className="small soft">Each look is recorded in the ledger with your name.</span>
    </div>
  );
}
