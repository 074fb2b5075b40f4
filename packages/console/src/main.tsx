import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/index.css';
import { App } from './member/app.tsx';
import {
  createSessionStore,
  type SessionStore,
  type Shelf,
  signInOfFragment,
} from './member/session/session-store.ts';

/** `sessionStorage`, where touching it at all may be forbidden. */
function tabShelf(): Shelf {
  try {
    return window.sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  }
}

/** Takes who comes in out of the address, so that neither the history nor a copied link carries it. */
function takeToken(store: SessionStore): void {
  const member = signInOfFragment(window.location.hash);
  if (member === undefined) return;
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
  store.signIn(member);
}

const store = createSessionStore(tabShelf());
takeToken(store);
window.addEventListener('hashchange', () => takeToken(store));

const root = document.getElementById('root');
if (!root) throw new TypeError('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App store={store} />
  </StrictMode>,
);
