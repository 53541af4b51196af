import { readFile } from 'node:fs/promises';
import { drawChart } from '../../report/draw-chart.js';

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

/** Draws a chart as an SVG document. */
export async function drawBarChart({ title, subtitle, bars }: BarChart): Promise<string> {
  const json = await readFile(new URL('bar-chart.json', import.meta.url), 'utf8');
  return drawChart(JSON.parse(json), { title, subtitle, values: bars });
}
