/** Returns a family with one sample without labels. */
export function singleValue(description, value) {
    return labelledValues(description, [[{}, value]]);
}
/** Returns a family with a sample for each set of labels. */
export function labelledValues(description, values) {
    const samples = new Map();
    for (const [labels, value] of values) {
        samples.set(sampleName(description.name, labels), value);
    }
    return { ...description, samples };
}
/** Returns the name and labels of a sample, such as `reads_total{result="hit"}`. */
export function sampleName(name, labels) {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
    return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}
function escaped(value) {
    return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
//# sourceMappingURL=metric-family.js.map