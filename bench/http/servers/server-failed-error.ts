/** A server under measurement that did not start, or ended by itself. */
export class ServerFailedError extends Error {
  override readonly name = 'ServerFailedError';

  /** @param log the end of what it wrote */
  constructor(server: string, what: string, log: string) {
    super(`${server} ${what}:\n${log}`);
  }
}
