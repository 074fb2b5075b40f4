import type { MonthBar } from '../words/months.ts';

const top = 22;
const floor = 128;

interface BarChartProps {
  title: string;
  bars: readonly MonthBar[];
  /** The summary that stands in for the drawing. */
  summary: string;
}

/**
 * Bars by month. Widths are shares of the place there is and heights are pixels, so that letters keep their size on a
 * phone. Screen readers get the summary and a table.
 */
export function BarChart({ title, bars, summary }: BarChartProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.times));
  const step = 100 / bars.length;
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <svg role="img" aria-label={summary} width="100%" height="156">
        <line className="chart__line" x1="0" x2="100%" y1={floor + 0.5} y2={floor + 0.5} />
        {bars.map((bar, i) => (
          <Bar
            key={bar.month}
            bar={bar}
            x={i * step}
            step={step}
            share={bar.times / most}
            sparse={(bars.length - i) % 2 === 0}
          />
        ))}
      </svg>
      <ChartTable title={title} bars={bars} />
    </figure>
  );
}

interface BarProps {
  bar: MonthBar;
  x: number;
  step: number;
  share: number;
  /** Whether the month's letters give way where there is little room. */
  sparse: boolean;
}

function Bar({ bar, x, step, share, sparse }: BarProps) {
  const height = share * (floor - top);
  const middle = `${x + step / 2}%`;
  return (
    <g>
      <rect
        className="chart__bar"
        x={`${x + step * 0.18}%`}
        width={`${step * 0.64}%`}
        y={floor - height}
        height={height}
        rx="3"
      />
      {bar.times > 0 && (
        <text className="chart__value" x={middle} y={floor - height - 6}>
          {bar.times}
        </text>
      )}
      <text className={`chart__month ${sparse ? 'chart__month--sparse' : ''}`} x={middle} y={floor + 20}>
        {bar.letters.slice(0, 3)}
      </text>
    </g>
  );
}

function ChartTable({ title, bars }: { title: string; bars: readonly MonthBar[] }) {
  return (
    <table className="visually-hidden">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Month</th>
          <th scope="col">Times</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.month}>
            <th scope="row">{bar.words}</th>
            <td>{bar.times}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
