import { type ReactNode, useId } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { LoadError } from './states.tsx';

interface AskDialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** What is done, as its button says it. */
  action: string;
  onAct: () => void;
  /** Whether what has been filled in is enough; default true. */
  isReady?: boolean;
  isPending?: boolean;
  /** What cannot be taken back, or hits somebody. */
  isGrave?: boolean;
  error?: unknown;
  children: ReactNode;
}

/** Asks before something is done, by its button or by Enter in a field; the safe way out comes first. */
export function AskDialog(props: AskDialogProps) {
  const { open, title, onClose, action, onAct, error, children } = props;
  const { isReady = true, isPending = false, isGrave = false } = props;
  const id = useId();
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Not now
          </button>
          <button
            type="submit"
            form={id}
            className={`button ${isGrave ? 'button--danger' : 'button--primary'}`}
            disabled={!isReady || isPending}
          >
            {action}
          </button>
        </>
      }
    >
      <form
        id={id}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isPending) onAct();
        }}
      >
        {children}
      </form>
      {Boolean(error) && <LoadError error={error} />}
    </Dialog>
  );
}
