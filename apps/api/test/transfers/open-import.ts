import { type ClientRequest, type IncomingMessage, request } from 'node:http';

/** An import whose file is sent part by part. */
export interface OpenImport {
  readonly outgoing: ClientRequest;
  /** Resolves when the response begins. */
  readonly response: Promise<IncomingMessage>;
  /** Sends a part, and resolves when the system has taken it. */
  send(part: string): Promise<void>;
  /** Returns the last line of the report. */
  lastLine(): Promise<{ summary: Record<string, unknown>; problem?: { type: string } }>;
}

/** Begins an import without an end. */
export function openImport(
  baseUrl: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): OpenImport {
  const outgoing = request(`${baseUrl}/imports/products?${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', ...headers },
    agent: false,
  });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  // A test that does not await the response expects that it never comes.
  response.catch(() => undefined);
  return {
    outgoing,
    response,
    send: (part) => new Promise((resolve) => outgoing.write(part, () => resolve())),
    async lastLine() {
      let text = '';
      for await (const chunk of await response) {
        text += chunk;
      }
      return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
    },
  };
}
