import { readFile } from 'node:fs/promises';
import * as vega from 'vega';
import { compile } from 'vega-lite';

/** A chart of horizontal bars. */
export interface BarChart {
  /** The name of its file. */
  readonly name: string;
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
}

const WIDTH = 800;

/** Draws a chart as an SVG document, with Vega-Lite and without a browser. */
export async function drawBarChart({ title, subtitle, bars }: BarChart): Promise<string> {
  const json = await readFile(new URL('bar-chart.json', import.meta.url), 'utf8');
  const { darkColours, ...chart } = JSON.parse(json);
  const text = { ...chart.title, text: title, subtitle };
  const { spec } = compile({ ...chart, title: text, data: { values: bars } });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  const rules = Object.entries(darkColours).map(([fill, dark]) => `[fill="${fill}"]{fill:${dark}}`);
  const style = `<style>@media (prefers-color-scheme: dark){${rules.join('')}}</style>`;
  // Without a browser, Vega estimates the width of texts, and makes the chart too wide.
  const svg = (await view.toSVG()).replace(
    /^(<svg.*?) width="\d+"(.*?)viewBox="0 0 \d+/,
    `$1 width="${WIDTH}"$2viewBox="0 0 ${WIDTH}`,
  );
  return `${svg.replace('>', `>${style}`)}\n`;
}
