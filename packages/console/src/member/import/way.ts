import type { Shelf } from '../session/session-store.ts';

/** How an address book goes to Kith: so that it never sees the numbers, or as numbers. */
export type SendingWay = 'private' | 'plain';

const key = 'kith-way';

/** `localStorage`, looked up at each use: where storage is forbidden, even naming it throws. */
const browser: Pick<Shelf, 'getItem' | 'setItem'> = {
  getItem: (name) => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, value),
};

/** The way that was chosen last in this browser; private until somebody chooses otherwise. */
export function rememberedWay(shelf: Pick<Shelf, 'getItem'> = browser): SendingWay {
  try {
    return shelf.getItem(key) === 'plain' ? 'plain' : 'private';
  } catch {
    return 'private';
  }
}

/** Remembers a choice; where storage is forbidden it lasts as long as the page. */
export function rememberWay(way: SendingWay, shelf: Pick<Shelf, 'setItem'> = browser): void {
  try {
    shelf.setItem(key, way);
  } catch {
    // Said above.
  }
}
