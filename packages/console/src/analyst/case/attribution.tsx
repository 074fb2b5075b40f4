import type { CaseDetail, Confidence } from '@kith/protocol/study';
import { useId, useState } from 'react';
import { LoadError } from '../pieces/states.tsx';
import { Clipped } from '../ring/clipped.tsx';
import { Section } from '../ring/section.tsx';
import { useMay } from '../session/session-context.tsx';
import { exactWords } from '../words/moments.ts';
import { useChangeCase } from './case-queries.ts';

const confidences: Record<Confidence, string> = {
  low: 'Low: it fits, and so does much else',
  medium: 'Medium: more speaks for it than against',
  high: 'High: hard to explain otherwise',
};

/** Who did it, in the words of a person who signs for it; nothing here is computed. */
export function AttributionPart({ found }: { found: CaseDetail }) {
  const [isEditing, setEditing] = useState(false);
  const change = useChangeCase(found.id);
  const isAnalyst = useMay('analyst');
  const { attribution } = found;
  return (
    <Section title="Who did it">
      {isEditing ? (
        <Form found={found} onDone={() => setEditing(false)} />
      ) : (
        <>
          {attribution ? (
            <blockquote className="said stack stack--tight">
              <p>
                <strong>
                  <Clipped text={attribution.actor} most={80} />
                </strong>
              </p>
              <p>
                <Clipped text={attribution.sentence} most={600} canOpen />
              </p>
              <footer className="small soft">
                Confidence: {attribution.confidence}. Said by <bdi>{attribution.by}</bdi>,{' '}
                {exactWords(attribution.at)}.
              </footer>
            </blockquote>
          ) : (
            <p className="soft">
              Nobody has said. Addresses tell where traffic left from, not who sent it: that takes a person’s
              judgement.
            </p>
          )}
          {isAnalyst && (
            <div className="row">
              <button type="button" className="button button--small" onClick={() => setEditing(true)}>
                {attribution ? 'Say it anew' : 'Say who did it'}
              </button>
              {attribution && (
                <button
                  type="button"
                  className="button button--small button--quiet"
                  disabled={change.isPending}
                  onClick={() => change.mutate({ attribution: null })}
                >
                  Take it back
                </button>
              )}
            </div>
          )}
          {change.error && <LoadError error={change.error} />}
        </>
      )}
    </Section>
  );
}

function Form({ found, onDone }: { found: CaseDetail; onDone: () => void }) {
  const change = useChangeCase(found.id);
  const { actor: a = '', sentence: s = '', confidence: c = 'low' } = found.attribution ?? {};
  const [actor, setActor] = useState(a);
  const [sentence, setSentence] = useState(s);
  const [confidence, setConfidence] = useState<Confidence>(c);
  const id = useId();
  const isWhole = actor.trim() !== '' && sentence.trim() !== '';
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const attribution = { actor: actor.trim(), sentence: sentence.trim(), confidence };
        change.mutate({ attribution }, { onSuccess: onDone });
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-actor`}>Who</label>
        <input
          id={`${id}-actor`}
          value={actor}
          maxLength={1_000}
          onChange={(event) => setActor(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-sentence`}>In a sentence, with what it rests on</label>
        <textarea
          id={`${id}-sentence`}
          rows={4}
          value={sentence}
          maxLength={10_000}
          onChange={(event) => setSentence(event.target.value)}
        />
      </div>
      <fieldset className="stack stack--tight">
        <legend>How sure you are</legend>
        {(Object.keys(confidences) as Confidence[]).map((value) => (
          <label key={value} className="option">
            <input
              type="radio"
              name="confidence"
              checked={confidence === value}
              onChange={() => setConfidence(value)}
            />
            {confidences[value]}
          </label>
        ))}
      </fieldset>
      <p className="small soft">It stands in the report with your name.</p>
      {change.error && <LoadError error={change.error} />}
      <div className="row">
        <button
          type="submit"
          className="button button--primary button--small"
          disabled={!isWhole || change.isPending}
        >
          Say it
        </button>
        <button type="button" className="button button--small" onClick={onDone}>
          Say nothing
        </button>
      </div>
    </form>
  );
}
