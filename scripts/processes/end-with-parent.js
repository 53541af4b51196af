/**
 * Sends SIGTERM to this process when its parent has ended.
 *
 * npm runs a script in a shell, and its signals reach only the shell. A shell that does not replace
 * itself with the script (dash, the `sh` of Debian) ends, and the script would continue. This
 * applies only to npm: other parents may end before the script on purpose.
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
