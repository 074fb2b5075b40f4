import { useSyncExternalStore } from 'react';
import { Notice } from '../../ui/notice.tsx';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Whether this device has a network at all. */
export const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine);

/** In the page from the start, so that screen readers notice when it fills. */
export function OfflineBanner() {
  const online = useOnline();
  return (
    <div role="status" className="banner">
      {!online && (
        <Notice kind="warn" title="You are offline">
          <p>You can still prepare an import. Everything else waits until you are back.</p>
        </Notice>
      )}
    </div>
  );
}
