import { type Cell, table } from '@kith/server/terminal';
import type { AttackerRow, DetectReport } from './summary.ts';

/** The report for a person. */
export function detectText(report: DetectReport): string {
  const { seed, seeds, members, days, worlds } = report;
  const populations = worlds.map(({ population }) => population).join(', ');
  return [
    `${members.toLocaleString('en')} members, ${days} days, ${seeds} worlds from seed ${seed} (${populations})`,
    '',
    table(report.attackers.map(cellsOf)),
    ...(report.heldOut.length > 0
      ? ['', 'attackers drawn at random', '', table(report.heldOut.map(cellsOf))]
      : []),
    '',
    ...Object.entries(report.overall).flatMap(([kind, overall]) =>
      overall
        ? [
            `${kind}: recall ${percent(overall.accountRecall)} (least ${percent(overall.accountRecallLeast)}), hard to evade ${percent(overall.hardToEvadeRecall)} (least ${percent(overall.hardToEvadeRecallLeast)}), honest suspended per 100,000: ${overall.honestSuspendedPer100k.toFixed(2)}, names 1 in ${Math.round(1 / Math.max(overall.namesShare, 1e-9)).toLocaleString('en')}`,
          ]
        : [],
    ),
  ].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const withInterval = (value: number, bounds: [number, number] | null): string =>
  bounds ? `${percent(value)} (${percent(bounds[0])} to ${percent(bounds[1])})` : percent(value);

function cellsOf(row: AttackerRow): Record<string, Cell> {
  return {
    attacker: row.name,
    accounts: row.accounts,
    precision: percent(row.accountPrecision),
    recall: withInterval(row.accountRecall, row.intervals.accountRecall),
    rings: percent(row.ringRecall),
    'hard only': percent(row.hardToEvadeRecall),
    'per account': percent(row.perAccountThresholdRecall),
    'per address': percent(row.perAddressThresholdRecall),
    names: Math.round(row.namesLearnt),
    'by design': row.namesLearntByDesign,
    'honest/100k': Number(row.honestSuspendedPer100k.toFixed(2)),
    'hours p50': row.hoursToDetectP50 === null ? '' : Number(row.hoursToDetectP50.toFixed(1)),
  };
}
