/** One line of a chart: a value for each step, from 0 on. */
export interface Series {
  name: string;
  values: readonly number[];
}

export interface LineChart {
  title: string;
  /** One sentence under the title. */
  subtitle: string;
  xLabel: string;
  yLabel: string;
  series: readonly Series[];
}

const size = { width: 900, height: 460 };
const plot = { left: 80, right: 640, top: 90, bottom: 400 };
/** Told apart by every kind of colour vision (Okabe and Ito, 2008). */
const colours = ['#d55e00', '#0072b2', '#009e73', '#cc79a7'];

/** A stand-alone SVG with a logarithmic y axis: what differs by four orders of magnitude is seen on one page. */
export function lineChartSvg(chart: LineChart): string {
  const highest = Math.max(10, ...chart.series.flatMap((series) => series.values));
  const decades = Math.ceil(Math.log10(highest));
  const steps = Math.max(2, ...chart.series.map((series) => series.values.length));
  const x = (step: number) => plot.left + ((plot.right - plot.left) * step) / (steps - 1);
  // One decade below 1 stands for nothing at all, which has no logarithm.
  const y = (value: number) => {
    const share = (Math.log10(Math.max(value, 0.1)) + 1) / (decades + 1);
    return plot.bottom - (plot.bottom - plot.top) * share;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title subtitle" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text id="title" x="24" y="34" font-size="20" font-weight="600" fill="#1a1a1a">${escapeXml(chart.title)}</text>`,
    `<text id="subtitle" x="24" y="58" fill="#555555">${escapeXml(chart.subtitle)}</text>`,
    ...gridOf(decades, y),
    ...stepsOf(steps, x),
    label((plot.left + plot.right) / 2, plot.bottom + 42, chart.xLabel, 'middle'),
    `<text transform="translate(24 ${(plot.top + plot.bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#555555">${escapeXml(chart.yLabel)}</text>`,
    ...chart.series.flatMap((series, index) =>
      lineOf(series, colours[index % colours.length] as string, x, y),
    ),
    '</svg>',
    '',
  ].join('\n');
}

type Scale = (value: number) => number;

function gridOf(decades: number, y: Scale): string[] {
  const values = [0, ...Array.from({ length: decades + 1 }, (_, power) => 10 ** power)];
  return values.flatMap((value) => [
    `<line x1="${plot.left}" x2="${plot.right}" y1="${round(y(value))}" y2="${round(y(value))}" stroke="#e4e4e4"/>`,
    label(plot.left - 10, y(value) + 4, value.toLocaleString('en'), 'end'),
  ]);
}

function stepsOf(steps: number, x: Scale): string[] {
  const every = Math.max(1, Math.round((steps - 1) / 6));
  const marks = Array.from({ length: steps }, (_, step) => step).filter((step) => step % every === 0);
  return marks.map((step) => label(x(step), plot.bottom + 20, String(step), 'middle'));
}

function lineOf(series: Series, colour: string, x: Scale, y: Scale): string[] {
  const points = series.values.map((value, step) => `${round(x(step))},${round(y(value))}`).join(' ');
  const last = series.values.at(-1) ?? 0;
  const end = { x: x(series.values.length - 1) + 10, y: y(last) + 4 };
  const text = `${series.name}: ${last.toLocaleString('en')}`;
  return [
    `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`,
    `<text x="${round(end.x)}" y="${round(end.y)}" fill="${colour}" font-weight="600">${escapeXml(text)}</text>`,
  ];
}

function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="#555555">${escapeXml(text)}</text>`;
}

const round = (value: number) => Math.round(value * 10) / 10;

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
