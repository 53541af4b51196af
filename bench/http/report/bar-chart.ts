import { readFile } from 'node:fs/promises';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A chart of horizontal bars; bars of the same group share a scale. */
export interface BarChart {
  readonly title: string;
  /** What the bars show, and whether longer is better. */
  readonly subtitle: string;
  readonly bars: readonly Bar[];
}

/** A bar of a chart, with a text at its end. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** Whether the bar is drawn in the colour of the service. */
  readonly highlighted: boolean;
  /** The title of the bar's group; undefined if the chart has no groups. */
  readonly group?: string;
}

const WIDTH = 800;

/** The colours of bar-chart.json, and those for readers who prefer a dark background. */
const darkColours = [
  ['#1f2328', '#f0f6fc'],
  ['#59636e', '#9198a1'],
  ['#c2cad4', '#454c56'],
  ['#1a7f64', '#3fb68b'],
  ['#ffffff', '#0d1117'],
];

/** Draws a chart as an SVG document, with Vega-Lite and without a browser. */
export async function drawBarChart({ title, subtitle, bars }: BarChart): Promise<string> {
  const text = await readFile(new URL('bar-chart.json', import.meta.url), 'utf8');
  const { part, ...chart } = JSON.parse(text);
  const groups = [...new Set(bars.map(({ group }) => group))];
  const spec: TopLevelSpec = {
    ...chart,
    title: { ...chart.title, text: title, subtitle },
    vconcat: groups.map((group) => ({
      ...part,
      data: { values: bars.filter((bar) => bar.group === group) },
      ...(group !== undefined && {
        title: { text: group, fontSize: 14, anchor: 'start', frame: 'bounds', offset: 4 },
      }),
    })),
  };
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  const rules = darkColours.map(([light, dark]) => `[fill="${light}"]{fill:${dark}}`).join('');
  const style = `<style>@media (prefers-color-scheme: dark){${rules}}</style>`;
  const svg = await view.toSVG();
  // Without a browser, Vega estimates the width of texts, and makes the chart too wide.
  const width = /width="(\d+)"/.exec(svg)?.[1];
  const narrow = svg
    .replaceAll(`width="${width}"`, `width="${WIDTH}"`)
    .replace(`viewBox="0 0 ${width}`, `viewBox="0 0 ${WIDTH}`);
  return `${narrow.replace('>', `>${style}`)}\n`;
}
