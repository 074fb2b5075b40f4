import { useState } from 'react';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Trouble } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDeleteContacts } from '../data/queries.ts';

/** Takes every contact back, after saying what that means. */
export function DeleteContacts() {
  const announce = useAnnounce();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteContacts();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        setAsking(false);
        announce('Your contacts are deleted at Kith.');
      },
    });
  return (
    <section className="card stack" aria-labelledby="delete-title">
      <h2 id="delete-title">Your contacts at Kith</h2>
      <p className="soft">
        Kith keeps codes, and neither the numbers nor any names. What this browser has worked out to look
        privately stays in it. Codes expire after some months, so import again now and then. You can also take
        all of it back.
      </p>
      {remove.isSuccess && (
        <Notice kind="good" title="Your contacts are deleted">
          <p>Kith holds none of them any more. To be found again by those you know, import them anew.</p>
        </Notice>
      )}
      <p>
        <button
          type="button"
          className="button button--danger-quiet"
          onClick={() => {
            remove.reset();
            setAsking(true);
          }}
        >
          <Icon name="bin" />
          Delete my contacts …
        </button>
      </p>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Delete all your contacts at Kith?"
        actions={
          <>
            <button type="button" className="button" onClick={() => setAsking(false)}>
              Keep them
            </button>
            <button
              type="button"
              className="button button--danger"
              onClick={confirm}
              aria-busy={remove.isPending}
            >
              {remove.isPending ? 'Deleting …' : 'Delete my contacts'}
            </button>
          </>
        }
      >
        <p>
          Every contact is forgotten, here and at Kith: meetings end, and look-ups that wait are dropped. The
          address book on your device stays as it is.
        </p>
        <p>
          <strong>This cannot be undone.</strong> You can import your address book again at any time.
        </p>
        {remove.isError && <Trouble error={remove.error} />}
      </Dialog>
    </section>
  );
}
