// Instead of apps/api/dist/http/limits/connection-watch.js: a timer of Node's between any two requests.
export function watchConnections(server, { idleMs }) {
  server.keepAliveTimeout = idleMs;
}
