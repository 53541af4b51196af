import { RouteSeries } from './route-series.js';
/** The label of all other methods and routes, so that clients cannot create unlimited series. */
const OTHER_METHOD = 'other';
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Counts and times requests, by method, route and status. */
export class RequestMetrics {
    #routes;
    #otherRoutes = routeMethods(OTHER_METHOD);
    /** @param routes the paths with their own series, such as `/products/:id` */
    constructor(routes) {
        this.#routes = new Map(Array.from(routes, (route) => [route, routeMethods(route)]));
    }
    /** Returns the series of a method and a route: always the same object. */
    series(method, route) {
        const known = route === undefined ? undefined : this.#routes.get(route);
        const { named, other } = known ?? this.#otherRoutes;
        return named.get(method) ?? other;
    }
    families() {
        const name = 'http_request_duration_seconds';
        const samples = new Map();
        for (const { named, other } of [...this.#routes.values(), this.#otherRoutes]) {
            for (const series of [...named.values(), other]) {
                for (const [sample, value] of series.samples(name)) {
                    samples.set(sample, value);
                }
            }
        }
        const help = 'Time from the arrival of a request to the end of its response; status 499: the client left.';
        return [{ name, help, type: 'histogram', merge: 'sum', samples }];
    }
}
function routeMethods(route) {
    const series = (method) => new RouteSeries({ method, route });
    return {
        named: new Map(methods.map((method) => [method, series(method)])),
        other: series(OTHER_METHOD),
    };
}
//# sourceMappingURL=request-metrics.js.map