/**
 * Closes the connections of a server that are idle or whose client stopped reading. A connection
 * with a request in progress is neither. One timer checks all connections; Node's own
 * `keepAliveTimeout`, which must be 0, would start and clear a timer for every request.
 */
export function watchConnections(server, limits) {
    const { idleMs, stalledMs, checkEveryMs } = limits;
    const activities = new Map();
    server.on('connection', (socket) => {
        activities.set(socket, { bytes: 0, seenAt: performance.now() });
        socket.on('timeout', () => socket.destroy());
        socket.once('close', () => activities.delete(socket));
    });
    const checks = setInterval(() => {
        const now = performance.now();
        for (const [socket, { bytes, seenAt }] of activities) {
            // Only Node's socket timer sees whether the kernel takes bytes; it is needed while some wait.
            const timeoutMs = socket.writableLength > 0 ? stalledMs : 0;
            if (socket.timeout !== timeoutMs) {
                socket.setTimeout(timeoutMs);
            }
            const transferred = socket.bytesRead + socket.bytesWritten;
            if (transferred !== bytes || isBusy(socket)) {
                activities.set(socket, { bytes: transferred, seenAt: now });
            }
            else if (now - seenAt >= idleMs) {
                socket.destroy();
            }
        }
    }, checkEveryMs);
    checks.unref();
    server.once('close', () => clearInterval(checks));
}
/** Returns whether a request is being handled or its response is being sent. */
function isBusy({ latestResponse }) {
    return (latestResponse !== undefined && !latestResponse.writableFinished && !latestResponse.destroyed);
}
//# sourceMappingURL=connection-watch.js.map