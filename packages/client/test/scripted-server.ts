import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** Handles one request. A script may also never respond. */
export type Script = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that responds as a test needs it. */
export interface ScriptedServer {
  readonly baseUrl: string;
  /** The requests so far, such as `GET /products/1`. */
  readonly requests: readonly string[];
  /** The headers of the last request. */
  lastHeaders(): IncomingMessage['headers'];
}

/**
 * Starts a server that handles the nth request with the nth script, and later ones with the last.
 */
export async function startScriptedServer(...scripts: readonly Script[]): Promise<ScriptedServer> {
  const requests: string[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    const script = scripts[requests.length] ?? scripts.at(-1);
    requests.push(`${request.method} ${request.url}`);
    headers = request.headers;
    script?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { baseUrl: `http://127.0.0.1:${port}`, requests, lastHeaders: () => headers };
}

/** Responds with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

/** Responds with any body. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Script {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Never responds. */
export const noResponse: Script = () => {};

/** Closes the connection in the middle of the body. */
export const brokenBody: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"id":', () => response.destroy());
};
