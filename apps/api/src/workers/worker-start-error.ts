import { StartError } from '../start-error.js';

/** A worker process could not begin to serve; the message is what it has reported. */
export class WorkerStartError extends StartError {
  override readonly name = 'WorkerStartError';
}
