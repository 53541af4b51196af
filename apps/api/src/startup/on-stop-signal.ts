/** Calls something at the first SIGTERM or SIGINT; later ones change nothing. */
export function onStopSignal(stop: () => void): void {
  let stopping = false;
  // npm passes on a Ctrl-C that the terminal has sent already, so a signal may come twice.
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
