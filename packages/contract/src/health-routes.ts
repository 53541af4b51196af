import { initContract } from '@ts-rest/core';
import { healthSchema, readinessSchema } from './health.js';
import { commonProblems } from './problem.js';
import type { RouteDocumentation } from './route-documentation.js';

const c = initContract();

/** What monitors and orchestrators ask. */
export const healthRoutes = c.router(
  {
    health: {
      method: 'GET',
      path: '/health',
      summary: 'Health',
      description: 'Answers while the process runs.',
      responses: { 200: healthSchema },
      metadata: { answers: { 200: 'The service runs.' } } satisfies RouteDocumentation,
    },
    live: {
      method: 'GET',
      path: '/health/live',
      summary: 'Liveness',
      description: 'Answers while the process runs; a service that fails it should be restarted.',
      responses: { 200: healthSchema },
      metadata: { answers: { 200: 'The service runs.' } } satisfies RouteDocumentation,
    },
    ready: {
      method: 'GET',
      path: '/health/ready',
      summary: 'Readiness',
      description:
        'Tells whether requests should be sent here: the database answers and no stop is under way.',
      responses: { 200: readinessSchema },
      metadata: {
        answers: {
          200: 'Requests are served.',
          503: 'The database does not answer, or the service is stopping.',
        },
      } satisfies RouteDocumentation,
    },
  },
  { strictStatusCodes: true, commonResponses: commonProblems },
);
