import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { AskDialog } from '../pieces/ask-dialog.tsx';
import { Glyph } from '../pieces/glyph.tsx';
import type { RingsSearch } from './rings-search.ts';
import { commonViews, sameView, useSavedViews, type View } from './views.ts';

interface ViewsBarProps {
  search: RingsSearch;
}

/** Views to choose from, and a way to keep this one. */
export function ViewsBar({ search }: ViewsBarProps) {
  const { views, save, remove } = useSavedViews();
  const [naming, setNaming] = useState(false);
  const isKnown = [...commonViews, ...views].some((view) => sameView(view.search, search));
  return (
    <nav className="views" aria-label="Views">
      <ul className="views__list">
        {commonViews.map((view) => (
          <li key={view.name}>
            <ViewLink view={view} />
          </li>
        ))}
        {views.map((view) => (
          <li key={`own ${view.name}`} className="views__own">
            <ViewLink view={view} />
            <button
              type="button"
              className="views__drop"
              aria-label={`Forget the view ${view.name}`}
              onClick={() => remove(view.name)}
            >
              <Glyph name="close" />
            </button>
          </li>
        ))}
      </ul>
      {!isKnown && (
        <button type="button" className="button button--small" onClick={() => setNaming(true)}>
          <Glyph name="star" /> Save this view
        </button>
      )}
      <NameDialog
        open={naming}
        onClose={() => setNaming(false)}
        onName={(name) => {
          save({ name, search });
          setNaming(false);
        }}
      />
    </nav>
  );
}

function ViewLink({ view }: { view: View }) {
  return (
    <Link to="/analyst/rings" search={view.search} className="views__link" activeOptions={{ exact: true }}>
      {view.name}
    </Link>
  );
}

interface NameDialogProps {
  open: boolean;
  onClose: () => void;
  onName: (name: string) => void;
}

function NameDialog({ open, onClose, onName }: NameDialogProps) {
  const id = useId();
  const [name, setName] = useState('');
  return (
    <AskDialog
      open={open}
      title="Save this view"
      onClose={onClose}
      action="Save"
      onAct={() => {
        onName(name.trim());
        setName('');
      }}
      isReady={name.trim() !== ''}
    >
      <div className="field">
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <p className="soft small">It is kept in this browser. To share a view, send its address.</p>
    </AskDialog>
  );
}
