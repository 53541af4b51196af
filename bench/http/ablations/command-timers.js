// Replaces command-watchdog.js: a timer for each command, as in ioredis.
export class CommandWatchdog {
  #timeoutMs;

  constructor(timeoutMs) {
    this.#timeoutMs = timeoutMs;
  }

  watch(command) {
    const timer = setTimeout(() => {
      if (!command.isSettled) {
        command.reject(new Error('Command timed out'));
      }
    }, this.#timeoutMs);
    const end = () => clearTimeout(timer);
    command.promise.then(end, end);
  }
}
