import { Dialog } from '../../ui/dialog.tsx';
import type { useKeysSetting } from '../pieces/use-keys.ts';

const keys = [
  ['j', 'the next ring'],
  ['k', 'the ring before'],
  ['Enter', 'open it'],
  ['x', 'select it, or no longer'],
  ['/', 'search'],
  ['Esc', 'select none'],
  ['?', 'these keys'],
] as const;

interface KeysDialogProps {
  open: boolean;
  onClose: () => void;
  setting: ReturnType<typeof useKeysSetting>;
}

/** Which key does what, and whether any does. */
export function KeysDialog({ open, onClose, setting: { on, turn } }: KeysDialogProps) {
  return (
    <Dialog
      open={open}
      title="Keys"
      onClose={onClose}
      actions={
        <button type="button" className="button button--primary" onClick={onClose}>
          Close
        </button>
      }
    >
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="option">
        <input type="checkbox" checked={on} onChange={turn} />
        <span>Single keys do something</span>
      </label>
    </Dialog>
  );
}
