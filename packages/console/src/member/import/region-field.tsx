import { useId, useMemo } from 'react';
import { namedRegions } from '../../words/regions.ts';
import type { Draft } from './import-state.ts';
import type { ImportActions } from './use-import.ts';

interface RegionFieldProps {
  draft: Draft;
  rereading: boolean;
  setRegion: ImportActions['setRegion'];
}

/** The country that numbers without a country code belong to; another choice reads the file again. */
export function RegionField({ draft, rereading, setRegion }: RegionFieldProps) {
  const fieldId = useId();
  const hintId = useId();
  const regions = useMemo(() => namedRegions(draft.regions), [draft.regions]);
  return (
    <div className="field">
      <label htmlFor={fieldId}>Country of numbers without a country code</label>
      <select
        id={fieldId}
        value={draft.region ?? ''}
        aria-describedby={hintId}
        onChange={(event) => setRegion(event.currentTarget.value)}
      >
        {draft.region === undefined && <option value="">Choose a country</option>}
        {regions.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <p className="soft small" id={hintId} aria-live="polite">
        {rereading
          ? 'Reading again …'
          : 'A number that does not start with “+” is read as one of this country.'}
      </p>
    </div>
  );
}
