/** The description of a metric. */
export interface MetricDescription {
  /** Follows Prometheus's naming conventions: https://prometheus.io/docs/practices/naming/ */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** How the values of several processes are merged. */
  readonly merge: 'sum' | 'max' | 'min';
}

/** A metric and its samples, as plain data that one process can send to another. */
export interface MetricFamily extends MetricDescription {
  /** Values by the sample's name and labels, in the order of the output. */
  readonly samples: ReadonlyMap<string, number>;
}

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** Returns a family with one sample without labels. */
export function singleValue(description: MetricDescription, value: number): MetricFamily {
  return labelledValues(description, [[{}, value]]);
}

/** Returns a family with a sample for each set of labels. */
export function labelledValues(
  description: MetricDescription,
  values: Iterable<readonly [Labels, number]>,
): MetricFamily {
  const samples = new Map<string, number>();
  for (const [labels, value] of values) {
    samples.set(sampleName(description.name, labels), value);
  }
  return { ...description, samples };
}

/** Returns the name and labels of a sample, such as `reads_total{result="hit"}`. */
export function sampleName(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
