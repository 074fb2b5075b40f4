import { useEffect, useRef, useState } from 'react';

const shelfKey = 'kith-study-keys';

/** Whether single keys do something; some people's speech input or hands need them not to (WCAG 2.1.4). */
export function useKeysSetting(): { on: boolean; turn: () => void } {
  const [on, setOn] = useState(() => kept() !== 'off');
  const turn = () => {
    setOn(!on);
    keep(on ? 'off' : 'on');
  };
  return { on, turn };
}

/** What each key does, while nobody is typing and no dialog is open. Keys are as `KeyboardEvent.key` has them. */
export function useKeys(actions: Record<string, () => void>, on: boolean): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const action = current.current[event.key];
      if (!action || !isPlain(event) || isTyping(event.target) || document.querySelector('dialog[open]'))
        return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const types = target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
  return types || target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

function kept(): string | null {
  try {
    return localStorage.getItem(shelfKey);
  } catch {
    return null;
  }
}

function keep(value: string): void {
  try {
    localStorage.setItem(shelfKey, value);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}
