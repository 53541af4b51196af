// Replaces connection-watch.js: Node.js sets a timer after each request of a connection.
export function watchConnections(server, { idleMs }) {
  server.keepAliveTimeout = idleMs;
}
