/** A server that was started did not become ready; the message has what it wrote. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';

  /** Whether what it wrote says that its port is another process's. */
  readonly portWasTaken: boolean;

  constructor(server: string, state: 'ended' | 'silent', lines: readonly string[]) {
    const what = state === 'ended' ? 'ended at its start' : 'started but did not answer';
    const output = lines.join('\n');
    super(`${server} ${what}:\n${output}`);
    this.portWasTaken = /EADDRINUSE|address already in use|is in use on/i.test(output);
  }
}
