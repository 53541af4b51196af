import { allowOnly } from '../http/headers/allowed-methods.js';
import { TEXT_FORMAT_TYPE, toTextFormat } from './prometheus/text-format.js';
const METRICS_PATH = '/metrics';
/** Serves the metrics of the whole service to Prometheus at `/metrics`. */
export function serveMetrics(application, collect) {
    application.get(METRICS_PATH, async (_request, response) => {
        const text = toTextFormat(await collect());
        response.setHeader('Content-Type', TEXT_FORMAT_TYPE);
        response.end(text);
    });
    application.all(METRICS_PATH, allowOnly(['GET']));
}
//# sourceMappingURL=serve-metrics.js.map