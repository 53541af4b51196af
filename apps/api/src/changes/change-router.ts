import { contract, EVENT_STREAM_MEDIA_TYPE, type StreamChangesQuery } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import type { Response } from 'express';
import type { ResponseQueue } from '../http/limits/response-queue.js';
import type { DescribeError } from '../http/problems/error-handler.js';
import type { ChangeStreamKind, RunningStreams } from '../http/streams/running-streams.js';
import { emptyBody, type StreamBlocks, streamBody } from '../http/streams/stream-body.js';
import { whileOpen } from '../http/streams/while-open.js';
import type { ChangeService, FoundChanges, WantedChanges } from './change-service.js';
import type { FeedPosition } from './feed-position.js';

/** Options of the routes of changes. */
export interface ChangeRouterOptions {
  /** The streams, and the requests that wait for a change. */
  readonly streams: RunningStreams<ChangeStreamKind>;
  /** Describes and logs an error. */
  readonly describe: DescribeError;
  /** Bounds the pages that are produced and not yet sent. */
  readonly pages: ResponseQueue;
  /**
   * Rejects if the key of a request does not allow it any more: a request that lasts must not
   * outlive its key.
   */
  readonly requireAccess: (response: Response) => Promise<void>;
}

/** Binds the contract's routes of the change feed to the service. */
export function changeRouter(
  service: ChangeService,
  { streams, describe, pages, requireAccess }: ChangeRouterOptions,
) {
  const bodyOf = streamBody(streams, describe);

  /** Waits for the first changes. When the process stops, the client asks another one. */
  async function waitFor(
    wanted: WantedChanges,
    { next }: FoundChanges,
    { waitMs, response }: { readonly waitMs: number; readonly response: Response },
  ): Promise<FoundChanges> {
    const end = streams.begin('wait');
    let isComplete = false;
    response.req.isStream = true;
    try {
      const { stopped } = streams;
      const signal = whileOpen(response, { stopped, timeoutMs: waitMs });
      const found = await service.waitFor(next, wanted, { signal, idleMs: waitMs });
      await requireAccess(response);
      isComplete = !response.closed;
      return found;
    } finally {
      end(isComplete);
    }
  }

  /** Returns the body of a stream, which ends when the process stops: clients connect again. */
  function eventsAfter(place: FeedPosition, query: StreamChangesQuery, response: Response) {
    if (streams.stopped.aborted) {
      return emptyBody();
    }
    response.req.isEndless = true;
    const signal = whileOpen(response, { stopped: streams.stopped });
    signal.addEventListener('abort', () => {
      if (response.writableNeedDrain) {
        response.destroy();
      }
    });
    return bodyOf('stream', response, whileAllowed(service.stream(place, query, signal), response));
  }

  /** Ends a stream whose key is not valid any more: its client connects again, and is refused. */
  async function* whileAllowed(blocks: StreamBlocks, response: Response): StreamBlocks {
    for await (const block of blocks) {
      const isAllowed = await requireAccess(response).then(
        () => true,
        () => false,
      );
      if (!isAllowed) {
        return false;
      }
      yield block;
    }
    return true;
  }

  return initServer().router(contract.changes, {
    list: async ({ query, res: response }) => {
      const found = await service.find(await service.placeOf(query), query);
      const mayWait = response.req.method !== 'HEAD' && !streams.stopped.aborted;
      const waitMs = mayWait && found.isLast && found.entries.length === 0 ? query.wait * 1000 : 0;
      const all = waitMs > 0 ? await waitFor(query, found, { waitMs, response }) : found;
      const { page } = await pages.run(response, () => service.respond(all, query.include));
      response.setHeader('Cache-Control', 'no-store');
      return { status: 200, body: page };
    },
    stream: async ({ query, headers, res: response }) => {
      const place = await service.placeOf(query, headers['last-event-id']);
      const isHead = response.req.method === 'HEAD';
      if (isHead) {
        await service.find(place, { limit: 1 });
      }
      const body = isHead ? emptyBody() : await eventsAfter(place, query, response);
      response.setHeader('Content-Type', EVENT_STREAM_MEDIA_TYPE);
      response.setHeader('Cache-Control', 'no-store');
      // nginx would collect events before it passes them on.
      response.setHeader('X-Accel-Buffering', 'no');
      return { status: 200, body };
    },
  });
}
