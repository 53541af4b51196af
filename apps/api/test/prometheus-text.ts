/** A sample of a metric in the Prometheus text format. */
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

const SAMPLE_PATTERN =
  /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const LABEL_PATTERN = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\n"])*)"(?:,|$)/;
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Parses the Prometheus text format, more strictly than the format requires: every metric has HELP
 * and TYPE once and before its samples, every sample is unique, names of counters end in `_total`,
 * and the buckets of a histogram rise to its count.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @throws {Error} when a line is invalid; the message quotes it
 */
export function parsePrometheusText(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) {
    throw new Error('The last line must end with a line break');
  }
  const lines = text.slice(0, -1).split('\n');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  while (lines.length > 0) {
    const [help, type] = [lines.shift() ?? '', lines.shift() ?? ''];
    const [, name = '', about = ''] = match(/^# HELP (\S+) (.+)$/, help);
    const [, typed, kind = ''] = match(/^# TYPE (\S+) (counter|gauge|histogram)$/, type);
    if (typed !== name || families.has(name)) {
      throw new Error(`TYPE must follow the HELP of its metric, once: ${type}`);
    }
    if ((kind === 'counter') !== name.endsWith('_total')) {
      throw new Error(`Only counters must end in _total: ${type}`);
    }
    const samples: Sample[] = [];
    while (lines[0] !== undefined && !lines[0].startsWith('#')) {
      const sample = parseSample(lines[0]);
      if (!suffixes[kind]?.some((suffix) => sample.name === name + suffix)) {
        throw new Error(`The sample must belong to ${name}: ${lines[0]}`);
      }
      const identity = lines[0].slice(0, lines[0].lastIndexOf(' '));
      if (seen.has(identity)) {
        throw new Error(`The sample must be unique: ${lines[0]}`);
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

/**
 * Returns the sum of a metric's samples with these labels; `name` may have a histogram's suffix.
 */
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
    throw new Error(`The line is invalid: ${line}`);
  }
  return found;
}

function parseSample(line: string): Sample {
  const [, name = '', pairs = '', value = ''] = match(SAMPLE_PATTERN, line);
  const labels: Record<string, string> = {};
  for (let rest = pairs; rest !== ''; ) {
    const [whole, label = '', text = ''] = match(LABEL_PATTERN, rest);
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
        throw new Error(`Bucket ${labels['le']} must not be below the one before`);
      }
      [bound, count] = [le, value];
    } else if (name.endsWith('_count')) {
      if (bound !== Number.POSITIVE_INFINITY || value !== count) {
        throw new Error('The count must be the value of the last bucket');
      }
      [bound, count] = [Number.NEGATIVE_INFINITY, 0];
    }
  }
}
