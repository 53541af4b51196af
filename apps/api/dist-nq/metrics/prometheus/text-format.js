/** The media type of Prometheus's text format. */
export const TEXT_FORMAT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/**
 * Prints metrics in Prometheus's text format:
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function toTextFormat(families) {
    const lines = [];
    for (const { name, help, type, samples } of families) {
        if (samples.size === 0) {
            continue;
        }
        lines.push(`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`);
        lines.push(`# TYPE ${name} ${type}`);
        for (const [sample, value] of samples) {
            lines.push(`${sample} ${numberText(value)}`);
        }
    }
    return `${lines.join('\n')}\n`;
}
function numberText(value) {
    if (value === Number.POSITIVE_INFINITY) {
        return '+Inf';
    }
    return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}
//# sourceMappingURL=text-format.js.map