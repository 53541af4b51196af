// Replaces command-watchdog.js: a timer for each command, as in ioredis.
export class CommandWatchdog {
  constructor(timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  watch(command) {
    const expire = () => command.isSettled || command.reject(new Error('Command timed out'));
    const timer = setTimeout(expire, this.timeoutMs);
    const end = () => clearTimeout(timer);
    command.promise.then(end, end);
  }
}
