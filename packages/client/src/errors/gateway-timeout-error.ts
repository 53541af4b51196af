import { ServerError } from './server-error.js';

/** A proxy got no response from the service in time (504). */
export class GatewayTimeoutError extends ServerError {
  override readonly name = 'GatewayTimeoutError';
}
