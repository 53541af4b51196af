import { initContract } from '@ts-rest/core';
import { healthSchema, readinessSchema } from './health.js';
import { commonProblems } from './problem.js';
import type { RouteDocumentation } from './route-documentation.js';

const c = initContract();

/** The routes for monitors and orchestrators. */
export const healthRoutes = c.router(
  {
    health: {
      method: 'GET',
      path: '/health',
      summary: 'Health',
      description: 'Responds while the process runs.',
      responses: { 200: healthSchema },
      metadata: { responses: { 200: 'The service runs.' } } satisfies RouteDocumentation,
    },
    live: {
      method: 'GET',
      path: '/health/live',
      summary: 'Liveness',
      description: 'Responds while the process runs. Restart a service that does not respond.',
      responses: { 200: healthSchema },
      metadata: { responses: { 200: 'The service runs.' } } satisfies RouteDocumentation,
    },
    ready: {
      method: 'GET',
      path: '/health/ready',
      summary: 'Readiness',
      description:
        'Says whether to send requests to this process: the database works and the service is not stopping.',
      responses: { 200: readinessSchema },
      metadata: {
        responses: {
          200: 'Requests can be sent here.',
          503: 'The database does not work, or the service is stopping.',
        },
      } satisfies RouteDocumentation,
    },
  },
  { strictStatusCodes: true, commonResponses: commonProblems },
);
