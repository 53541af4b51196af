import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import {
  changesCursor,
  changesExpiredProblemSchema,
  changesSchema,
  listChangesQuerySchema,
  streamChangesQuerySchema,
} from './change.js';
import { scopedRouteProblems } from './problem.js';
import { listRate, streamRate } from './rate.js';
import type { RouteMetadata } from './route-metadata.js';
import { documented } from './schema-metadata.js';

const c = initContract();

/** The media type of server-sent events. */
export const EVENT_STREAM_MEDIA_TYPE = 'text/event-stream';

const eventExample = [
  'id: AbCdEfGh\n',
  'event: change\n',
  'data: {"cursor":"AbCdEfGh","kind":"update","product_id":"3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b","version":3,"changed_at":"2026-02-28T23:59:59.999Z"}\n\n',
].join('');

/** The routes that tell what has changed. */
export const changeRoutes = c.router(
  {
    list: {
      method: 'GET',
      path: '/changes',
      summary: 'List changes of products',
      description:
        'Returns changes in the order of their commits: every committed change, also of somebody who wrote to the database by SQL, at least once. Go on with `next_cursor`, for ever. A cursor stays valid for as long as the service keeps changes.',
      query: listChangesQuerySchema,
      responses: { 200: changesSchema, 304: c.noBody(), 410: changesExpiredProblemSchema },
      metadata: {
        access: 'changes:read',
        rate: listRate,
        responses: { 200: 'Changes.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag'], 304: ['ETag'] },
        furtherProblems: ['changes-expired'],
      } satisfies RouteMetadata,
    },
    stream: {
      method: 'GET',
      path: '/changes/stream',
      summary: 'Stream changes of products',
      description:
        'Sends each change as a server-sent event (HTML Living Standard, 9.2) named `change`, whose `id` is its cursor and whose data is a change as in `GET /changes`. An event without data only moves the cursor. The stream has no end: when the connection breaks, connect again with `Last-Event-ID`, as every `EventSource` does.',
      query: streamChangesQuerySchema,
      headers: z.object({
        'last-event-id': documented(changesCursor().optional(), {
          description: 'The `id` of the last event that was received; it wins over `after`.',
        }),
      }),
      responses: {
        200: c.otherResponse({
          contentType: EVENT_STREAM_MEDIA_TYPE,
          body: c.type<AsyncIterable<string>>(),
        }),
        410: changesExpiredProblemSchema,
      },
      metadata: {
        access: 'changes:read',
        rate: streamRate,
        responses: { 200: 'The changes.' },
        furtherProblems: ['changes-expired'],
        stream: { response: { [EVENT_STREAM_MEDIA_TYPE]: eventExample } },
      } satisfies RouteMetadata,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: scopedRouteProblems,
  },
);
