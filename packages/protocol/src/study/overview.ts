import { type Static, Type } from 'typebox';
import { Count, Time } from './common.ts';

const Pressure = Type.Object({
  members: Type.Integer({ description: 'Who asked in the last 24 hours' }),
  atLimit: Type.Integer({ description: 'How many of them have nothing left; of many, by a sample' }),
});
/** How close members are to what they may spend. */
export type Pressure = Static<typeof Pressure>;

const OverviewHour = Type.Object({ at: Time, syncs: Count, numbers: Count, reveals: Count, waiting: Count });
export type OverviewHour = Static<typeof OverviewHour>;

const traffic = {
  country: Type.String({ description: 'ISO 3166; empty where unknown' }),
  accounts: Count,
  syncs: Count,
  numbers: Count,
  ringAccounts: Count,
};
const CountryTraffic = Type.Object(traffic);
export type CountryTraffic = Static<typeof CountryTraffic>;

const NetworkTraffic = Type.Object({ asn: Count, operator: Type.String(), kind: Type.String(), ...traffic });
export type NetworkTraffic = Static<typeof NetworkTraffic>;

export const Overview = Type.Object(
  {
    now: Time,
    hours: Type.Array(OverviewHour, { description: 'The last 48 hours, every one' }),
    totals: Type.Object({
      members: Count,
      suspended: Count,
      syncs24h: Count,
      numbers24h: Count,
      reveals24h: Count,
      waiting: Count,
    }),
    pressure: Type.Object({ slots: Pressure, lookups: Pressure, reveals: Pressure }),
    rings: Type.Object({ open: Count, throttled: Count, suspended: Count, dismissed: Count }),
    countries: Type.Array(CountryTraffic),
    networks: Type.Array(NetworkTraffic),
    lastDetection: Type.Optional(
      Type.Object({ at: Time, events: Count, tookMs: Type.Number(), rings: Count }),
    ),
    watching: Type.Boolean(),
    watchingProblem: Type.Optional(Type.String()),
  },
  {
    examples: [
      {
        now: '2026-11-22T22:20:00.000Z',
        hours: [{ at: '2026-11-22T22:00:00.000Z', syncs: 310, numbers: 41_200, reveals: 12, waiting: 9_000 }],
        totals: {
          members: 5_000,
          suspended: 0,
          syncs24h: 900,
          numbers24h: 98_000,
          reveals24h: 36,
          waiting: 9_012,
        },
        pressure: {
          slots: { members: 420, atLimit: 0 },
          lookups: { members: 420, atLimit: 390 },
          reveals: { members: 30, atLimit: 2 },
        },
        rings: { open: 2, throttled: 0, suspended: 0, dismissed: 0 },
        countries: [{ country: 'IR', accounts: 412, syncs: 800, numbers: 96_000, ringAccounts: 412 }],
        networks: [
          {
            asn: 44244,
            operator: 'Irancell',
            kind: 'mobile',
            country: 'IR',
            accounts: 412,
            syncs: 800,
            numbers: 96_000,
            ringAccounts: 412,
          },
        ],
        lastDetection: { at: '2026-11-22T22:18:00.000Z', events: 12_000, tookMs: 900, rings: 2 },
        watching: true,
      },
    ],
  },
);
/** What is happening now, over the last two days. */
export type Overview = Static<typeof Overview>;
