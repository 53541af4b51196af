/** A chart of horizontal bars, in groups that have a scale each. */
export interface BarChart {
  readonly title: string;
  /** What the bars are, and whether long is good. */
  readonly subtitle: string;
  readonly groups: readonly BarGroup[];
}

/** Bars that are to be compared with each other. */
export interface BarGroup {
  /** Stands above the bars; undefined for none. */
  readonly title?: string;
  readonly bars: readonly Bar[];
}

/** One bar. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as it is printed at the bar's end. */
  readonly valueText: string;
  /** Stands behind the value in a quieter colour, such as a ratio. */
  readonly note?: string;
  /** Whether it is the one that the chart is about. */
  readonly highlighted: boolean;
}

const width = 800;
const margin = 24;
const labelWidth = 260;
const longestBar = 240;
const headerHeight = 72;
const groupTitleHeight = 30;
const rowHeight = 30;
const barHeight = 18;
const groupGap = 10;

/** Its own background, so that it can be read wherever it is shown; dark where the reader prefers that. */
const style = `
  .ground { fill: #ffffff } .ink { fill: #1f2328 } .quiet { fill: #59636e }
  .bar { fill: #c2cad4 } .highlighted { fill: #1a7f64 }
  text { font: 14px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
  .title { font-size: 17px; font-weight: 600 } .strong { font-weight: 600 }
  .strong .quiet { font-weight: 400 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .ink { fill: #f0f6fc } .quiet { fill: #9198a1 }
    .bar { fill: #454c56 } .highlighted { fill: #3fb68b }
  }`;

/** Draws a chart as an SVG document. */
export function drawBarChart({ title, subtitle, groups }: BarChart): string {
  let y = headerHeight;
  const drawn: string[] = [];
  for (const group of groups) {
    drawn.push(drawGroup(group, y));
    y += groupHeight(group) + groupGap;
  }
  const height = y + margin - groupGap;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="8"/>`,
    text(title, margin, 34, 'ink title'),
    text(subtitle, margin, 56, 'quiet'),
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function groupHeight({ title, bars }: BarGroup): number {
  return (title === undefined ? 0 : groupTitleHeight) + bars.length * rowHeight;
}

function drawGroup({ title, bars }: BarGroup, top: number): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  // Where all are highlighted, bold text would set nothing apart.
  const emphasis = bars.some(({ highlighted }) => !highlighted) ? ' strong' : '';
  const heading = title === undefined ? [] : [text(title, margin, top + 20, 'ink strong')];
  const first = top + (title === undefined ? 0 : groupTitleHeight);
  const rows = bars.map((bar, index) =>
    drawBar(bar, { longest, emphasis, top: first + index * rowHeight }),
  );
  return [...heading, ...rows].join('\n');
}

interface Place {
  /** The value that the longest bar of the group stands for. */
  readonly longest: number;
  /** The class of text at a highlighted bar. */
  readonly emphasis: string;
  readonly top: number;
}

function drawBar(bar: Bar, { longest, emphasis, top }: Place): string {
  const { label, value, valueText, note, highlighted } = bar;
  const length = Math.max(1, (value / longest) * longestBar);
  const left = margin + labelWidth;
  const baseline = top + rowHeight / 2 + 5;
  const quiet = note === undefined ? '' : `<tspan class="quiet" dx="10">${escaped(note)}</tspan>`;
  const strength = highlighted ? emphasis : '';
  return [
    text(label, margin, baseline, `ink${strength}`),
    `<rect class="${highlighted ? 'highlighted' : 'bar'}" x="${left}" y="${top + (rowHeight - barHeight) / 2}" width="${length.toFixed(1)}" height="${barHeight}" rx="3"/>`,
    `<text class="ink${strength}" x="${(left + length + 8).toFixed(1)}" y="${baseline}">${escaped(valueText)}${quiet}</text>`,
  ].join('\n');
}

function text(content: string, x: number, y: number, classes: string): string {
  return `<text class="${classes}" x="${x}" y="${y}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
