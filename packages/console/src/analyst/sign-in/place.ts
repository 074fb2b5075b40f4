const key = 'kith-study-place';

/** Signing in elsewhere leads back to the overview; from there this leads on to where the analyst wanted to be. */
export function rememberPlace(): void {
  try {
    sessionStorage.setItem(key, window.location.pathname + window.location.search);
  } catch {
    // Storage may be forbidden; the analyst then begins at the overview.
  }
}

/** Puts the remembered address in place of this one, once. */
export function returnToPlace(): void {
  try {
    const place = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (place?.startsWith('/analyst/')) window.history.replaceState(null, '', place);
  } catch {
    // Nothing was remembered, then.
  }
}
