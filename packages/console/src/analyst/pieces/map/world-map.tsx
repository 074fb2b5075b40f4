import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { grouped } from '../../../words/counts.ts';
import { countryWords } from '../../words/countries.ts';
import { compact } from '../../words/figures.ts';
import { CountryName } from '../country-name.tsx';
import { ScrollRegion } from '../scroll-region.tsx';
import { LoadError } from '../states.tsx';
import { fetchOutlines, mapHeight, mapWidth, type Outline } from './outlines.ts';
import { shadeCount, shadeOf, shadeSteps } from './shades.ts';

export interface CountryValue {
  /** ISO 3166 alpha-2, '' where unknown. */
  country: string;
  value: number;
}

interface WorldMapProps {
  title: string;
  /** What is counted, as in "accounts". */
  unit: string;
  values: readonly CountryValue[];
  /** More beside the title, such as a choice of what is counted. */
  tools?: ReactNode;
}

/**
 * Countries shaded by a count: where traffic left from, not where anybody is, hence no pins. What the drawing says stands
 * in a table as well, which is what keyboards and screen readers use.
 */
export function WorldMap({ title, unit, values, tools }: WorldMapProps) {
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const ranked = values.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  return (
    <section className="map" aria-labelledby={titleId}>
      <div className="row row--spread">
        <h2 id={titleId}>{title}</h2>
        <div className="row">
          {tools}
          <button
            type="button"
            className="button button--small"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            As a table
          </button>
        </div>
      </div>
      {asTable ? <CountryTable ranked={ranked} unit={unit} /> : <Drawing ranked={ranked} unit={unit} />}
    </section>
  );
}

interface RankedProps {
  ranked: readonly CountryValue[];
  unit: string;
}

function Drawing({ ranked, unit }: RankedProps) {
  const outlines = useQuery({ queryKey: ['outlines'], queryFn: fetchOutlines, staleTime: Infinity });
  const [over, setOver] = useState<string>();
  const steps = shadeSteps(ranked.map(({ value }) => value));
  const counts = new Map(ranked.map(({ country, value }) => [country, value]));
  const countOf = (country?: string) => (country && counts.get(country)) || 0;
  const drawn = new Set(outlines.data?.map(({ country }) => country));
  const undrawn = outlines.data ? ranked.filter(({ country }) => !drawn.has(country)) : [];
  if (outlines.error) return <LoadError error={outlines.error} again={outlines.refetch} />;
  return (
    <>
      <svg
        className="map__drawing"
        viewBox={`0 0 ${mapWidth} ${mapHeight}`}
        role="img"
        aria-label={summaryOf(ranked, unit)}
      >
        {outlines.data?.map((outline) => (
          <Country
            key={outline.key}
            outline={outline}
            shade={shadeOf(countOf(outline.country), steps)}
            onOver={setOver}
          />
        ))}
      </svg>
      <div className="map__foot small">
        <Legend steps={steps} unit={unit} />
        <p className="map__over numeric" aria-hidden="true">
          {over && `${countryWords(over)}: ${grouped(countOf(over))} ${unit}`}
        </p>
      </div>
      {undrawn.length > 0 && (
        <p className="soft small">
          Not on the drawing:{' '}
          {undrawn.map(({ country, value }) => `${countryWords(country)} ${grouped(value)}`).join(', ')}.
        </p>
      )}
    </>
  );
}

interface CountryProps {
  outline: Outline;
  shade: number;
  onOver: (country: string | undefined) => void;
}

function Country({ outline: { country, path }, shade, onOver }: CountryProps) {
  return (
    <path
      className={`map__land map__land--${shade}`}
      d={path}
      onPointerEnter={() => onOver(country)}
      onPointerLeave={() => onOver(undefined)}
    />
  );
}

function Legend({ steps, unit }: { steps: readonly number[]; unit: string }) {
  if (steps.length === 0) return <p className="soft">No {unit} yet.</p>;
  return (
    <ul className="map__legend" aria-label={`Shades by ${unit}`}>
      {steps.map((start, at) => (
        <li key={start}>
          <svg width="22" height="12" aria-hidden="true">
            <rect
              className={`map__land map__land--${at + 1 + shadeCount - steps.length}`}
              width="22"
              height="12"
              rx="3"
            />
          </svg>
          {at === 0 && start <= 1 ? compact(start) : `from ${compact(start)}`}
        </li>
      ))}
    </ul>
  );
}

function CountryTable({ ranked, unit }: RankedProps) {
  return (
    <ScrollRegion className="map__table scroller" label={`${unit} by country`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Country</th>
            <th scope="col" className="table__number">
              {unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {ranked.map(({ country, value }) => (
            <tr key={country}>
              <th scope="row">
                <CountryName code={country} />
              </th>
              <td className="table__number">{grouped(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function summaryOf(ranked: readonly CountryValue[], unit: string): string {
  if (ranked.length === 0) return `World map: no ${unit}`;
  const top = ranked.slice(0, 3).map(({ country, value }) => `${countryWords(country)} ${grouped(value)}`);
  return `World map of ${unit} in ${ranked.length} countries; most in ${top.join(', ')}`;
}
