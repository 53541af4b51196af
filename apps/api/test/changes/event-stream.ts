import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Change } from '@product-api/contract';
import { eventually } from '@product-api/testing';

/** An event that a client dispatches. */
export interface ReceivedEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/** What a client knows after it has received a part of a stream. */
export interface ReceivedStream {
  readonly events: readonly ReceivedEvent[];
  readonly lastEventId: string;
  readonly retryMs: number | undefined;
}

/**
 * Interprets an event stream (HTML Living Standard, 9.2.6): an event counts when the empty line
 * after it has arrived, and so does its id.
 */
export function interpret(text: string): ReceivedStream {
  const events: ReceivedEvent[] = [];
  let lastEventId = '';
  let retryMs: number | undefined;
  let [idBuffer, type, data] = ['', '', ''];
  const lines = text.split('\n');
  // What follows the last line break is not a line yet.
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      lastEventId = idBuffer;
      if (data !== '') {
        events.push({ type: type || 'message', data: data.slice(0, -1), lastEventId });
      }
      [type, data] = ['', ''];
      continue;
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'id') {
      idBuffer = value;
    } else if (field === 'event') {
      type = value;
    } else if (field === 'data') {
      data += `${value}\n`;
    } else if (field === 'retry') {
      retryMs = Number(value);
    }
  }
  return { events, lastEventId, retryMs };
}

/** An open stream of changes. */
export interface OpenStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly response: IncomingMessage;
  /** Returns all text so far. */
  text(): string;
  /** Returns all changes so far. */
  changes(): Change[];
  /** Resolves when there are so many changes, and returns them. */
  untilChanges(count: number): Promise<Change[]>;
  /** Resolves with whether the response was complete, when it has ended. */
  readonly ended: Promise<boolean>;
  close(): void;
}

/** Options of `openStream`. */
export interface OpenStreamOptions {
  /** Such as `after=…`. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a stream of changes, and resolves when its first bytes have arrived. */
export async function openStream(
  baseUrl: string,
  { query = '', headers = {} }: OpenStreamOptions = {},
): Promise<OpenStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${baseUrl}/changes/stream?${query}`, { agent: false, headers }, resolve).on(
      'error',
      reject,
    );
  });
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<boolean>((resolve) => {
    response.on('error', () => undefined).once('close', () => resolve(response.complete));
  });
  await Promise.race([new Promise((resolve) => response.once('data', resolve)), ended]);
  const changes = (): Change[] => interpret(text).events.map(({ data }) => JSON.parse(data));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    response,
    text: () => text,
    changes,
    untilChanges: (count) =>
      eventually(() => {
        const received = changes();
        return received.length >= count && received;
      }),
    ended,
    close: () => response.destroy(),
  };
}
