// Instead of apps/api/dist/http/idle-connections.js: a timer of Node's between any two requests.
export function endIdleConnections(server, { idleMs }) {
  server.keepAliveTimeout = idleMs;
}
