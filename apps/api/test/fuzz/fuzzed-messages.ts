import type { SeededRandom } from '@product-api/testing';

/** The bytes for one connection, and the ids of the messages in them in order. */
export interface FuzzedConnection {
  readonly bytes: Buffer;
  readonly requestIds: readonly string[];
  /** The offsets at which the bytes are split into writes. */
  readonly cuts: readonly number[];
  readonly halfClose: boolean;
}

const ID = '00000000-0000-4000-8000-000000000000';
const BODY = '{"name":"Mouse","description":"","price":1.5,"stock_quantity":3}';

/**
 * Valid messages of every kind, and some that are almost valid; `@` is replaced by a header with a
 * request id, and with an API key.
 */
const templates: readonly [string, ...string[]] = [
  'GET /products HTTP/1.1\r\nHost: x\r\n@\r\n',
  `GET /products/${ID} HTTP/1.1\r\nHost: x\r\nIf-None-Match: "a", W/"b"\r\n@\r\n`,
  'GET /products?limit=2&sort=-price&in_stock=true HTTP/1.1\r\nHost: x\r\n@\r\n',
  'HEAD /health/ready HTTP/1.1\r\nHost: x\r\n@\r\n',
  'OPTIONS /products HTTP/1.1\r\nHost: x\r\nOrigin: http://a\r\n@\r\n',
  'GET http://[::1/products HTTP/1.1\r\nHost: x\r\n@\r\n',
  'GET http://x/openapi.json HTTP/1.1\r\nHost: x\r\n@\r\n',
  `POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n@\r\n${BODY}`,
  `POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n@\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`,
  `POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${BODY.length}\r\n@\r\n${BODY}`,
  `PUT /products/${ID} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIf-Match: "a"\r\nContent-Length: 11\r\n@\r\n{"price":1}`,
  `DELETE /products/${ID} HTTP/1.1\r\nHost: x\r\n@\r\n`,
  'GET /docs/ HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1\r\n@\r\n',
  'GET /metrics HTTP/1.0\r\n@\r\n',
  'GET / HTTP/1.1\r\n@\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nExpect: x\r\n@\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n@\r\n',
  'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n@\r\n',
  'TRACE / HTTP/1.1\r\nHost: x\r\n@\r\n',
];

/** Character sequences that are difficult for parsers. */
const pieces: readonly [string, ...string[]] = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  '\t',
  ':',
  '%',
  '%zz',
  '?',
  '#',
  '//',
  '..',
  '\x7f',
  '\xff',
  'é',
  '"',
  '0',
  '-1',
  '99999999999999999999',
  '0x10',
  'chunked',
  'Content-Length: 0\r\n',
  'Content-Length: 7\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: x\r\n',
  'Expect: 100-continue\r\n',
  'Connection: close\r\n',
  'Connection: keep-alive\r\n',
  'Host: y\r\n',
  'Authorization: Bearer x\r\n',
  ' HTTP/1.1\r\n',
  'HTTP/9.9',
  'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  '\ud800',
];

const MAX_MESSAGES = 4;
const MAX_MUTATIONS = 4;

/**
 * Creates a random connection: up to four messages, most of them damaged in up to four places.
 *
 * @param key the API key of most messages; undefined: none
 */
export function randomConnection(
  random: SeededRandom,
  name: string,
  key: string | undefined,
): FuzzedConnection {
  const count = 1 + random.below(MAX_MESSAGES);
  const requestIds = Array.from({ length: count }, (_, index) => `fuzz-${name}-${index}`);
  const messages = requestIds.map((requestId) => randomMessage(random, requestId, key));
  const bytes = Buffer.from(messages.join(''), 'latin1');
  const cuts = Array.from({ length: random.below(3) }, () => random.below(bytes.length + 1));
  return { bytes, requestIds, cuts: cuts.toSorted((a, b) => a - b), halfClose: random.chance(0.5) };
}

function randomMessage(random: SeededRandom, requestId: string, key: string | undefined): string {
  const hasKey = key !== undefined && random.chance(0.8);
  const authorization = hasKey ? `Authorization: Bearer ${key}\r\n` : '';
  let message = random
    .pick(templates)
    .replace('@', `${authorization}X-Request-Id: ${requestId}\r\n`);
  const mutations = random.chance(0.3) ? 0 : 1 + random.below(MAX_MUTATIONS);
  for (let mutation = 0; mutation < mutations; mutation += 1) {
    message = mutate(random, message);
  }
  return message;
}

function mutate(random: SeededRandom, message: string): string {
  const at = random.below(message.length);
  const length = 1 + random.below(8);
  const [before, after] = [message.slice(0, at), message.slice(at)];
  switch (random.below(5)) {
    case 0:
      return before + after.slice(length);
    case 1:
      return before + random.pick(pieces) + after;
    case 2:
      return before + random.pick(pieces) + after.slice(length);
    case 3:
      return before + after.slice(0, length).repeat(2 + random.below(50)) + after.slice(length);
    default:
      return before;
  }
}
