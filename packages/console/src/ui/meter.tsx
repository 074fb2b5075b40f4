import type { Bucket } from '@kith/protocol';
import { useId } from 'react';
import { meterOf } from '../words/meters.ts';
import { useClock } from './clock.tsx';

interface MeterProps {
  title: string;
  what: string;
  bucket: Bucket;
}

/** A budget: what is left of it, as a bar and in words. */
export function Meter({ title, what, bucket }: MeterProps) {
  const words = meterOf(bucket, useClock());
  const titleId = useId();
  return (
    <section className="card meter" aria-labelledby={titleId}>
      <div className="meter__head">
        <h2 id={titleId}>{title}</h2>
        <p className="meter__left numeric">{words.left}</p>
      </div>
      <meter className="visually-hidden" aria-labelledby={titleId} value={words.share}>
        {words.left}
      </meter>
      <svg className={`meter__bar meter__bar--${words.state}`} aria-hidden="true" width="100%" height="12">
        <rect className="meter__track" width="100%" height="12" rx="6" />
        <rect className="meter__fill" width={`${words.share * 100}%`} height="12" rx="6" />
      </svg>
      <p className="meter__foot small numeric">
        <span>{words.refill}</span>
        <span>{words.full}</span>
      </p>
      <p className="soft small">{what}</p>
    </section>
  );
}
