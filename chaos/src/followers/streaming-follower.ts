import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { eventParser, type StreamEvent } from './event-parser.js';
import { type FeedState, followFeed, RefusedError } from './follow-feed.js';
import type { FeedFollowerOptions, Follower } from './follower.js';
import type { FollowerRecord } from './follower-record.js';

/** A connection ends after fewer bytes: those of some events, in the middle of one. */
const MAX_BYTES = 4000;

/** Follows the changes by streams, each of which it ends after a random number of bytes. */
export function startStreamingFollower(options: FeedFollowerOptions): Follower {
  const { servers, random } = options;
  return followFeed(options, async (state) => {
    const { record, signal, cursor } = state;
    const { name: process, baseUrl } = random.pick(servers);
    const response = await open(`${baseUrl}/changes/stream?include=product`, cursor, signal);
    if (response.statusCode !== 200) {
      response.destroy();
      throw new RefusedError(Number(response.statusCode));
    }
    const receive = record.connect(process, cursor);
    const parse = eventParser();
    let bytesLeft = Math.ceil(random.between(0, MAX_BYTES));
    response.setEncoding('latin1');
    for await (const text of response) {
      const part = String(text).slice(0, bytesLeft);
      bytesLeft -= part.length;
      for (const event of parse(part)) {
        handle(event, state, receive);
      }
      if (bytesLeft === 0) {
        // Ends the loop, and with it the connection.
        return;
      }
    }
  });
}

function handle(
  { id, data }: StreamEvent,
  state: FeedState,
  receive: ReturnType<FollowerRecord['connect']>,
): void {
  if (data !== undefined) {
    const change = JSON.parse(Buffer.from(data, 'latin1').toString());
    receive(change);
    state.record.apply(change);
  }
  state.cursor = id ?? state.cursor;
}

async function open(url: string, cursor: string, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { 'Last-Event-ID': cursor };
  const request = get(url, { agent: false, headers, signal });
  const [response] = await once(request, 'response');
  return response;
}
