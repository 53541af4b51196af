import { VERSION } from '../generated/contract.js';
import { nodeVersion } from './runtime.js';

/**
 * Returns the header that names the SDK and its version, or no header in a browser: browsers send
 * their own, and another one would need the permission of the service (CORS).
 */
export function userAgent(node = nodeVersion()): Readonly<Record<string, string>> {
  return node === undefined ? {} : { 'user-agent': `product-api-client/${VERSION} node/${node}` };
}
