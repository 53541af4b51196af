import { type RawRequest, type RawResponse, send } from '../raw-request.js';

/** A client of an API that trusts one proxy: it sends the address that the proxy would add. */
export interface LimitedClient {
  get(path: string): Promise<RawResponse>;
  post(path: string, body: unknown): Promise<RawResponse>;
  send(request: RawRequest): Promise<RawResponse>;
}

/** Creates a client at an address, with an API key or without. */
export function clientAt(baseUrl: string, address: string, apiKey?: string): LimitedClient {
  const own = {
    'X-Forwarded-For': address,
    ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }),
  };
  const sendAs = (request: RawRequest) =>
    send(baseUrl, { ...request, headers: { ...request.headers, ...own } });
  return {
    send: sendAs,
    get: (path) => sendAs({ path }),
    post: (path, body) =>
      sendAs({
        method: 'POST',
        path,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/**
 * Sends a request again and again until it is limited. Returns how often it was not.
 *
 * @throws {Error} when it was not limited after `atMost` times
 */
export async function countUntilLimited(
  request: () => Promise<RawResponse>,
  atMost: number,
): Promise<number> {
  for (let served = 0; served <= atMost; served++) {
    if ((await request()).status === 429) {
      return served;
    }
  }
  throw new Error(`More than ${atMost} requests were served`);
}
