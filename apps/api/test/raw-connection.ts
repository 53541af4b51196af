import { connect } from 'node:net';

/** A response on a raw connection. */
export interface RawResponse {
  readonly status: number;
  /** The header values by lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Options of `converse`. */
export interface ConversationOptions {
  /** Milliseconds until the client gives up. Default 20,000. */
  readonly timeoutMs?: number;
  /** Whether the client ends its side after it has sent all bytes. Default false. */
  readonly halfClose?: boolean;
}

/**
 * Sends bytes over a new connection, and returns all received bytes when the server has closed it.
 *
 * @throws {Error} when the server does not close the connection in time.
 */
export function converse(
  baseUrl: string,
  bytes: string | Buffer,
  { timeoutMs = 20_000, halfClose = false }: ConversationOptions = {},
): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const timeout = setTimeout(() => {
      socket.destroy();
      reject(new Error(`The connection is still open after ${timeoutMs} ms: ${received}`));
    }, timeoutMs);
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      socket.write(bytes);
      if (halfClose) {
        socket.end();
      }
    });
    socket.on('data', (chunk) => {
      received += chunk;
    });
    // The server may reset the connection after its response, which has been received then.
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      clearTimeout(timeout);
      resolve(received);
    });
  });
}

/**
 * Splits the received bytes of a connection into responses; `100 Continue` counts as one.
 *
 * @throws {Error} when the bytes are not a response
 */
export function responsesIn(received: string): RawResponse[] {
  const responses: RawResponse[] = [];
  let rest = received;
  while (rest !== '') {
    const match = /^HTTP\/1\.1 (\d{3}) [^\r]*\r\n((?:[^\r]+\r\n)*)\r\n/.exec(rest);
    if (!match) {
      throw new Error(`Not a response: ${rest.slice(0, 200)}`);
    }
    const [head, status, lines = ''] = match;
    const headers = Object.fromEntries(lines.trim().split('\r\n').map(headerOf));
    const length = Number(headers['content-length'] ?? 0);
    responses.push({
      status: Number(status),
      headers,
      body: rest.slice(head.length, head.length + length),
    });
    rest = rest.slice(head.length + length);
  }
  return responses;
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
