import * as vega from 'vega';
import { compile } from 'vega-lite';

/** What a chart shows. */
export interface ChartContent {
  readonly title: string;
  readonly subtitle: string;
  readonly values: readonly object[];
}

const WIDTH = 800;

/**
 * Draws a chart as an SVG document, with Vega-Lite and without a browser.
 *
 * @param template a chart of Vega-Lite without title and data; `darkColours` has the colour that
 * replaces each of its colours on a dark background
 */
export async function drawChart(
  template: object,
  { title, subtitle, values }: ChartContent,
): Promise<string> {
  // Every template in this workspace has these properties.
  const { darkColours, ...chart } = template as {
    darkColours: Readonly<Record<string, string>>;
    title: object;
  } & Parameters<typeof compile>[0];
  const text = { ...chart.title, text: title, subtitle };
  const { spec } = compile({ ...chart, title: text, data: { values: [...values] } });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  const rules = Object.entries(darkColours).flatMap(([light, dark]) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  const style = `<style>@media (prefers-color-scheme: dark){${rules.join('')}}</style>`;
  // Without a browser, Vega estimates the width of texts, and makes the chart too wide.
  const svg = (await view.toSVG()).replace(
    /^(<svg.*?) width="\d+"(.*?)viewBox="0 0 \d+/,
    `$1 width="${WIDTH}"$2viewBox="0 0 ${WIDTH}`,
  );
  return `${svg.replace('>', `>${style}`)}\n`;
}
