import { useId, useState } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { Clipped } from '../clipped.tsx';
import { type Drawing, type DrawnNode, search } from './drawing.ts';

/** Finds a node by name or id, and goes there. */
export function SearchNode({ drawing, onGo }: { drawing: Drawing; onGo: (node: DrawnNode) => void }) {
  const [text, setText] = useState('');
  const id = useId();
  const found = search(drawing, text);
  const go = (node: DrawnNode | undefined) => {
    if (!node) return;
    onGo(node);
    setText('');
  };
  return (
    <search className="search node-search">
      <Icon name="search" />
      <input
        type="search"
        aria-label="Find an account or a link in the drawing"
        placeholder="Find in the drawing"
        value={text}
        aria-controls={id}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && go(found[0])}
      />
      <ul
        id={id}
        className="node-search__found"
        aria-label="Found in the drawing"
        hidden={text.trim() === ''}
      >
        {found.map((node) => (
          <li key={node.place}>
            <button type="button" onClick={() => go(node)}>
              <Clipped text={node.label || node.id} />
              <span className="soft small">{node.kind === 'link' ? 'link' : 'account'}</span>
            </button>
          </li>
        ))}
        {found.length === 0 && (
          <li className="node-search__none soft small">Nothing of that name is drawn.</li>
        )}
      </ul>
    </search>
  );
}
