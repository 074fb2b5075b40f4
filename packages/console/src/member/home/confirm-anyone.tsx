import { Dialog } from '../../ui/dialog.tsx';

interface ConfirmAnyoneProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** The plain truth about `anyone`, before it is chosen. */
export function ConfirmAnyone({ open, onClose, onConfirm }: ConfirmAnyoneProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Let anyone who has your number find you?"
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            Keep it as it is
          </button>
          <button type="button" className="button button--primary" onClick={onConfirm}>
            Yes, let anyone find me
          </button>
        </>
      }
    >
      <p>
        <strong>Whoever has your number can then learn your name, handle and picture:</strong> an old
        colleague, a shop, or somebody who bought a list.
      </p>
      <ul className="list">
        <li>Kith makes that slow, and dear for whoever tries many numbers.</li>
        <li>It counts every time, and shows you under “Who found me”.</li>
        <li>It records which account it was, so that misuse can be traced and stopped.</li>
      </ul>
      <p>You can go back at any time. What somebody has seen by then, they have seen.</p>
    </Dialog>
  );
}
