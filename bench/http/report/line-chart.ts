import { readFile } from 'node:fs/promises';
import { drawChart } from '../../report/draw-chart.js';

/** A chart of lines, in one panel for each facet. */
export interface LineChart {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  /** What the lines show, and whether lower is better. */
  readonly subtitle: string;
  readonly axes: { readonly x: string; readonly y: string };
  readonly points: readonly Point[];
}

/** A point of a line. */
export interface Point {
  /** The name of its line. */
  readonly label: string;
  /** The panel that it is in. */
  readonly facet: string;
  readonly x: number;
  readonly y: number;
}

/** Draws a chart as an SVG document. */
export async function drawLineChart(chart: LineChart): Promise<string> {
  const { title, subtitle, axes, points } = chart;
  const json = await readFile(new URL('line-chart.json', import.meta.url), 'utf8');
  const template = JSON.parse(json);
  template.spec.encoding.x.axis.title = axes.x;
  template.spec.encoding.y.axis.title = axes.y;
  return drawChart(template, { title, subtitle, values: points });
}
