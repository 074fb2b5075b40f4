import type { CountryTraffic } from '@kith/protocol/study';
import { useState } from 'react';
import { Choice } from '../pieces/choice.tsx';
import { WorldMap } from '../pieces/lazy-map.tsx';

const counts = [
  { value: 'numbers', words: 'New numbers', unit: 'new numbers' },
  { value: 'accounts', words: 'Accounts', unit: 'accounts' },
  { value: 'ringAccounts', words: 'In rings', unit: 'accounts in rings' },
] as const;

/** The countries that traffic left from. */
export function WhereFrom({ countries }: { countries: CountryTraffic[] }) {
  const [shown, setShown] = useState<(typeof counts)[number]['value']>('numbers');
  const { unit } = counts.find(({ value }) => value === shown)!;
  return (
    <section className="card stack">
      <WorldMap
        title="Where traffic left from"
        unit={unit}
        values={countries.map((figures) => ({ country: figures.country, value: figures[shown] }))}
        tools={<Choice label="What the map counts" options={counts} value={shown} onChange={setShown} />}
      />
      <p className="soft small">
        By the addresses of the last 24 hours: countries of networks, not of people.
      </p>
    </section>
  );
}
