import { ServerError } from './server-error.js';

/** A proxy got no valid response from the service (502): the service may be down. */
export class BadGatewayError extends ServerError {
  override readonly name = 'BadGatewayError';
}
