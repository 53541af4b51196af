import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A chart of horizontal bars. */
export interface BarChart {
  readonly title: string;
  /** What the bars show, and whether longer is better. */
  readonly subtitle: string;
  readonly bars: readonly Bar[];
}

/** A bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The text at the end of the bar. */
  readonly text: string;
  /** Whether the bar is drawn in the colour of the service. */
  readonly highlighted: boolean;
  /** The title of a group of bars with a scale of its own; by default all bars are one group. */
  readonly group?: string;
}

const INK = '#1f2328';
const QUIET = '#59636e';
const BAR = '#c2cad4';
const HIGHLIGHT = '#1a7f64';
const GROUND = '#ffffff';

/** The colours of the chart for readers who prefer dark ones. */
const darkColours = [
  [INK, '#f0f6fc'],
  [QUIET, '#9198a1'],
  [BAR, '#454c56'],
  [HIGHLIGHT, '#3fb68b'],
  [GROUND, '#0d1117'],
];

/** Draws a chart as an SVG document, without a browser. */
export async function drawBarChart({ title, subtitle, bars }: BarChart): Promise<string> {
  const groups = [...new Set(bars.map(({ group }) => group))];
  const spec: TopLevelSpec = {
    background: GROUND,
    padding: 20,
    title: { text: title, subtitle, anchor: 'start', frame: 'bounds', offset: 14 },
    config: {
      font: 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif',
      title: { fontSize: 17, color: INK, subtitleFontSize: 13, subtitleColor: QUIET },
      view: { stroke: null },
      concat: { spacing: 12 },
    },
    vconcat: groups.map((group) => barsOf(bars.filter((bar) => bar.group === group))),
  };
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  return `${svg.replace('>', `><style>${darkStyle()}</style>`)}\n`;
}

/** One part of a chart whose parts are above each other. */
type ChartPart = Extract<TopLevelSpec, { readonly vconcat: unknown }>['vconcat'][number];

function barsOf(bars: readonly Bar[]): ChartPart {
  const longest = Math.max(...bars.map(({ value }) => value));
  const group = bars[0]?.group;
  return {
    ...(group !== undefined && {
      title: { text: group, fontSize: 14, anchor: 'start', frame: 'bounds', offset: 4 },
    }),
    width: 270,
    height: { step: 28 },
    data: { values: [...bars] },
    encoding: {
      y: {
        field: 'label',
        type: 'nominal',
        sort: null,
        axis: {
          title: null,
          domain: false,
          ticks: false,
          labelColor: INK,
          labelFontSize: 14,
          labelLimit: 0,
          labelAlign: 'left',
          labelPadding: 230,
        },
      },
      x: {
        field: 'value',
        type: 'quantitative',
        axis: null,
        scale: { domain: [0, longest] },
      },
    },
    layer: [
      {
        mark: { type: 'bar', height: 18, cornerRadius: 3 },
        encoding: {
          color: {
            field: 'highlighted',
            type: 'nominal',
            legend: null,
            scale: { domain: [true, false], range: [HIGHLIGHT, BAR] },
          },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 14, color: INK },
        encoding: { text: { field: 'text' } },
      },
    ],
  };
}

function darkStyle(): string {
  const rules = darkColours.map(([light, dark]) => `[fill="${light}"]{fill:${dark}}`);
  return `@media (prefers-color-scheme: dark){${rules.join('')}}`;
}
