import { type Agent, type IncomingHttpHeaders, request } from 'node:http';
import { EVENT_STREAM_MEDIA_TYPE } from '@product-api/contract';

/** A request that is sent as it is: nothing is encoded, normalized or added except `Host`. */
export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A response as it was received. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Sends a request over a connection of its own, or over one of an agent. Of an event stream, which
 * has no end, the text is what came first.
 */
export function send(
  baseUrl: string,
  { method = 'GET', path, headers, body }: RawRequest,
  agent: Agent | false = false,
) {
  const { hostname, port } = new URL(baseUrl);
  return new Promise<RawResponse>((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers: { ...headers }, agent },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) {
          chunks.push(chunk);
          if (response.headers['content-type'] === EVENT_STREAM_MEDIA_TYPE) {
            break;
          }
        }
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends a body as `application/json`. */
export function sendJson(baseUrl: string, method: string, path: string, body: string | Buffer) {
  const headers = { 'Content-Type': 'application/json' };
  return send(baseUrl, { method, path, headers, body });
}
