interface SparklineProps {
  values: readonly number[];
  /** What it shows, for those who do not see it. */
  label: string;
}

const width = 96;
const height = 24;

/** Values as bars of a word's size; the table or page beside it has the figures. */
export function Sparkline({ values, label }: SparklineProps) {
  const most = Math.max(1, ...values);
  const step = width / Math.max(values.length, 14);
  const start = width - values.length * step;
  return (
    <svg className="sparkline" role="img" aria-label={label} width={width} height={height}>
      {values.map((value, at) => {
        const tall = value === 0 ? 1 : Math.max(2, (value / most) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: days have nothing but their place
            key={at}
            x={start + at * step}
            y={height - tall}
            width={Math.max(1, step - 1)}
            height={tall}
          />
        );
      })}
    </svg>
  );
}
