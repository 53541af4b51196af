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

const WIDTH = 800;
const MARGIN = 24;
const LABEL_WIDTH = 260;
const LONGEST_BAR = 240;
const HEADER_HEIGHT = 72;
const GROUP_TITLE_HEIGHT = 30;
const ROW_HEIGHT = 30;
const BAR_HEIGHT = 18;
const GROUP_GAP = 10;

/** Its own background, so that it can be read wherever it is shown; dark where the reader prefers that. */
const STYLE = `
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
  let y = HEADER_HEIGHT;
  const drawn: string[] = [];
  for (const group of groups) {
    drawn.push(drawGroup(group, y));
    y += groupHeight(group) + GROUP_GAP;
  }
  const height = y + MARGIN - GROUP_GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}" rx="8"/>`,
    text(title, MARGIN, 34, 'ink title'),
    text(subtitle, MARGIN, 56, 'quiet'),
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function groupHeight({ title, bars }: BarGroup): number {
  return (title === undefined ? 0 : GROUP_TITLE_HEIGHT) + bars.length * ROW_HEIGHT;
}

function drawGroup({ title, bars }: BarGroup, top: number): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  // Where all are highlighted, bold text would set nothing apart.
  const emphasis = bars.some(({ highlighted }) => !highlighted) ? ' strong' : '';
  const heading = title === undefined ? [] : [text(title, MARGIN, top + 20, 'ink strong')];
  const first = top + (title === undefined ? 0 : GROUP_TITLE_HEIGHT);
  const rows = bars.map((bar, index) =>
    drawBar(bar, { longest, emphasis, top: first + index * ROW_HEIGHT }),
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
  const length = Math.max(1, (value / longest) * LONGEST_BAR);
  const left = MARGIN + LABEL_WIDTH;
  const baseline = top + ROW_HEIGHT / 2 + 5;
  const quiet = note === undefined ? '' : `<tspan class="quiet" dx="10">${escaped(note)}</tspan>`;
  const strength = highlighted ? emphasis : '';
  return [
    text(label, MARGIN, baseline, `ink${strength}`),
    `<rect class="${highlighted ? 'highlighted' : 'bar'}" x="${left}" y="${top + (ROW_HEIGHT - BAR_HEIGHT) / 2}" width="${length.toFixed(1)}" height="${BAR_HEIGHT}" rx="3"/>`,
    `<text class="ink${strength}" x="${(left + length + 8).toFixed(1)}" y="${baseline}">${escaped(valueText)}${quiet}</text>`,
  ].join('\n');
}

function text(content: string, x: number, y: number, classes: string): string {
  return `<text class="${classes}" x="${x}" y="${y}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
