import { useState } from 'react';

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface ClippedProps {
  text: string;
  /** Letters shown before it is cut. */
  most?: number;
  /** A button shows the whole of it; leave out where the text stands inside a button or a link. */
  canOpen?: boolean;
}

/**
 * A name as its owner wrote it, kept from turning round the text beside it, and cut where it is longer than a name can be.
 */
export function Clipped({ text, most = 60, canOpen = false }: ClippedProps) {
  const [isOpen, setOpen] = useState(false);
  const short = clip(text, most);
  if (short === text) return <bdi className="clipped">{text}</bdi>;
  if (!canOpen)
    return (
      <bdi className="clipped" title={clip(text, 400)}>
        {short}
      </bdi>
    );
  return (
    <span className={`clipped ${isOpen ? 'clipped--open' : ''}`}>
      <bdi>{isOpen ? text : short}</bdi>{' '}
      <button type="button" className="clipped__more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Less' : `All ${text.length.toLocaleString('en-GB')} letters`}
      </button>
    </span>
  );
}

/** Cut between letters, never inside one. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const parts = [...letters.segment(text.slice(0, most * 8))].slice(0, most);
  const cut = parts.map(({ segment }) => segment).join('');
  return cut.length < text.length ? `${cut}…` : text;
}
