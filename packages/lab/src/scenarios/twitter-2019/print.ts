import { type Cell, table } from '@kith/server/terminal';
import { barChart } from '../charts/bar-chart.ts';
import { lineChartSvg } from '../charts/line-chart.ts';
import type { DesignResult, Twitter2019Result } from './result.ts';

/** The result for a person. */
export function twitter2019Text(result: Twitter2019Result): string {
  const { accounts, days, numbersTried, members, honest, seed } = result;
  const n = (value: number) => value.toLocaleString('en');
  return [
    `${n(accounts)} fake accounts feed ${n(numbersTried)} shuffled numbers for ${days} days; ${n(members)} members, ${n(honest)} of them sync meanwhile (seed ${seed})`,
    '',
    table(result.designs.map(rowOf)),
    '',
    barChart(
      'names learnt',
      result.designs.map(({ name, namesLearnt }) => ({ name, value: namesLearnt })),
    ),
  ].join('\n');
}

function rowOf(design: DesignResult): Record<string, Cell> {
  const percent = (share: number) => `${(share * 100).toFixed(3)} %`;
  const hours = (value: number | null) => (value === null ? '' : `${value.toFixed(1)} h`);
  return {
    design: design.name,
    'names learnt': design.namesLearnt,
    'per account-day': Number(design.namesPerAccountDay.toPrecision(3)),
    'members exposed': percent(design.membersExposedShare),
    'numbers looked up': design.numbersLookedUp,
    'honest found': percent(design.honestFoundShare),
    'delay p50': hours(design.honestDelayHoursP50),
    'delay p99': hours(design.honestDelayHoursP99),
    'honest who waited': design.honestWaits,
  };
}

/** Names learnt by day, one line a design. */
export function twitter2019Chart(result: Twitter2019Result): string {
  return lineChartSvg({
    title: 'Names learnt by a fleet of fake accounts',
    subtitle: `${result.accounts.toLocaleString('en')} accounts, ${result.numbersTried.toLocaleString('en')} shuffled numbers, ${result.members.toLocaleString('en')} members, seed ${result.seed}`,
    xLabel: 'days since the attack began',
    yLabel: 'names learnt, logarithmic',
    series: result.designs.map(({ name, namesByDay }) => ({ name, values: namesByDay })),
  });
}
