import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { healthSchema, readinessSchema } from './health.js';
import { noQuery } from './no-query.js';
import { commonProblems, unavailableProblem } from './problem.js';
import type { RouteMetadata } from './route-metadata.js';
import { documented } from './schema-metadata.js';

const c = initContract();

const headers = z.object({
  'if-none-match': documented(z.string().optional(), {
    description: 'Entity tags; if one of them is the current one, the response is 304.',
  }),
});

/** What all routes have in common. */
const shared = { query: noQuery, headers } as const;

const NOT_MODIFIED = 'The client’s copy is current.';

const etagHeaders = { 200: ['ETag'], 304: ['ETag'] } as const;

/** The routes for monitors and orchestrators. */
export const healthRoutes = c.router(
  {
    health: {
      method: 'GET',
      path: '/health',
      summary: 'Health',
      description: 'Responds while the process runs.',
      ...shared,
      responses: { 200: healthSchema, 304: c.noBody() },
      metadata: {
        access: 'everyone',
        rate: 'none',
        responses: { 200: 'The service runs.', 304: NOT_MODIFIED },
        headers: etagHeaders,
      } satisfies RouteMetadata,
    },
    live: {
      method: 'GET',
      path: '/health/live',
      summary: 'Liveness',
      description: 'Responds while the process runs. Restart a service that does not respond.',
      ...shared,
      responses: { 200: healthSchema, 304: c.noBody() },
      metadata: {
        access: 'everyone',
        rate: 'none',
        responses: { 200: 'The service runs.', 304: NOT_MODIFIED },
        headers: etagHeaders,
      } satisfies RouteMetadata,
    },
    ready: {
      method: 'GET',
      path: '/health/ready',
      summary: 'Readiness',
      description:
        'Says whether to send requests to this process: the database works and the service is not stopping.',
      ...shared,
      responses: { 200: readinessSchema, 304: c.noBody(), ...unavailableProblem },
      metadata: {
        access: 'everyone',
        rate: 'none',
        responses: { 200: 'Requests can be sent here.', 304: NOT_MODIFIED },
        headers: etagHeaders,
      } satisfies RouteMetadata,
    },
  },
  { strictStatusCodes: true, commonResponses: commonProblems },
);
