import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  open: boolean;
  title: string;
  /** Escape, a press beside it, or a button inside that calls it. */
  onClose: () => void;
  /** The buttons, the safe one first: it has the focus when the dialog opens. */
  actions: ReactNode;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside and gives it back afterwards, for which the element has to
 * stay in the page while it is closed.
 */
export function Dialog({ open, title, onClose, actions, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const bodyId = useId();
  useEffect(() => {
    if (!open || !dialog.current) return;
    const element = dialog.current;
    element.showModal();
    return () => element.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it already; the press beside it is an extra for pointers.
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open && (
        <div className="dialog__inside">
          <h2 id={titleId}>{title}</h2>
          <div id={bodyId} className="dialog__body">
            {children}
          </div>
          <div className="dialog__actions">{actions}</div>
        </div>
      )}
    </dialog>
  );
}
