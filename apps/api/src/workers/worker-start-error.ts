/** A worker process could not begin to serve; the message is what it has reported. */
export class WorkerStartError extends Error {
  override readonly name = 'WorkerStartError';
}
