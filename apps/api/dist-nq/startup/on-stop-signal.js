/** Calls `stop` at the first SIGTERM or SIGINT. Later signals are ignored. */
export function onStopSignal(stop) {
    let stopping = false;
    // npm forwards a Ctrl-C that the terminal has already sent, so a signal can come twice.
    const once = () => {
        if (stopping) {
            return;
        }
        stopping = true;
        stop();
    };
    process.on('SIGTERM', once);
    process.on('SIGINT', once);
}
//# sourceMappingURL=on-stop-signal.js.map