/**
 * Asks this process to end, with SIGTERM, when the process that started it is gone.
 *
 * npm runs a script through a shell, and the signals it passes on reach that shell alone. Where
 * the shell is not replaced by the script (dash, the `sh` of Debian), it ends and the script would
 * run on. Started by anything but npm, a process may outlive its parent on purpose.
 */
export function endWithParent() {
  if (process.env['npm_lifecycle_event'] === undefined) {
    return;
  }
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }
  }, 200);
  watch.unref();
}
