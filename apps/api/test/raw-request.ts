import { type IncomingHttpHeaders, request } from 'node:http';

/** A request exactly as it is to be sent: nothing is encoded, normalized or added but `Host`. */
export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request over a connection of its own. */
export function send(baseUrl: string, { method = 'GET', path, headers, body }: RawRequest) {
  const { hostname, port } = new URL(baseUrl);
  return new Promise<RawAnswer>((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, headers: { ...headers }, agent: false },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) {
          chunks.push(chunk);
        }
        const text = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
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
