/** A sample of a metric in Prometheus's text format. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its samples. */
export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const samplePattern =
  /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const labelPattern = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\n"])*)"(?:,|$)/;
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Reads Prometheus's text format, more strictly than the format demands: every metric has its HELP and
 * TYPE once and before its samples, no sample comes twice, counters end in `_total`, and the buckets of a
 * histogram rise to its count. https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @throws Error that names the line at fault
 */
export function parsePrometheusText(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) {
    throw new Error('The last line should end');
  }
  const lines = text.slice(0, -1).split('\n');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  while (lines.length > 0) {
    const [help, type] = [lines.shift() ?? '', lines.shift() ?? ''];
    const [, name = '', about = ''] = match(/^# HELP (\S+) (.+)$/, help);
    const [, typed, kind = ''] = match(/^# TYPE (\S+) (counter|gauge|histogram)$/, type);
    if (typed !== name || families.has(name)) {
      throw new Error(`Out of place: ${type}`);
    }
    if ((kind === 'counter') !== name.endsWith('_total')) {
      throw new Error(`Misnamed: ${type}`);
    }
    const samples: Sample[] = [];
    while (lines[0] !== undefined && !lines[0].startsWith('#')) {
      const sample = parseSample(lines[0]);
      if (!suffixes[kind]?.some((suffix) => sample.name === name + suffix)) {
        throw new Error(`Not of ${name}: ${lines[0]}`);
      }
      const identity = lines[0].slice(0, lines[0].lastIndexOf(' '));
      if (seen.has(identity)) {
        throw new Error(`Twice: ${lines[0]}`);
      }
      seen.add(identity);
      samples.push(sample);
      lines.shift();
    }
    if (kind === 'histogram') {
      checkBuckets(samples);
    }
    families.set(name, { name, type: kind, help: about, samples });
  }
  return families;
}

/** The sum of a metric's samples that have these labels; `name` may have a histogram's suffix. */
export function sumOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
  if (family === undefined) {
    throw new Error(`There is no metric ${name}`);
  }
  return family.samples
    .filter((sample) => sample.name === name)
    .filter((sample) =>
      Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

function match(pattern: RegExp, line: string): RegExpExecArray {
  const found = pattern.exec(line);
  if (found === null) {
    throw new Error(`Not valid: ${line}`);
  }
  return found;
}

function parseSample(line: string): Sample {
  const [, name = '', pairs = '', value = ''] = match(samplePattern, line);
  const labels: Record<string, string> = {};
  for (let rest = pairs; rest !== ''; ) {
    const [whole, label = '', text = ''] = match(labelPattern, rest);
    labels[label] = text;
    rest = rest.slice(whole.length);
  }
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) };
}

function checkBuckets(samples: readonly Sample[]): void {
  let count = 0;
  let bound = Number.NEGATIVE_INFINITY;
  for (const { name, labels, value } of samples) {
    if (name.endsWith('_bucket')) {
      const le = Number((labels['le'] ?? '').replace('Inf', 'Infinity'));
      if (!(le > bound && value >= count)) {
        throw new Error(`Bucket ${labels['le']} falls`);
      }
      [bound, count] = [le, value];
    } else if (name.endsWith('_count')) {
      if (bound !== Number.POSITIVE_INFINITY || value !== count) {
        throw new Error('Wrong count');
      }
      [bound, count] = [Number.NEGATIVE_INFINITY, 0];
    }
  }
}
