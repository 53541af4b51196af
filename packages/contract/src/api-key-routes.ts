import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import {
  apiKeyListSchema,
  createApiKeySchema,
  createdApiKeySchema,
  ownApiKeySchema,
  rotateApiKeySchema,
} from './api-key.js';
import { noQuery } from './no-query.js';
import {
  commonProblems,
  forbiddenProblem,
  guardProblems,
  problemSchema,
  unavailableProblem,
} from './problem.js';
import { bodyPreference, bodyProblems, preferenceHeaders } from './product-routes.js';
import { listRate, readRate, writeRate } from './rate.js';
import type { RouteMetadata } from './route-metadata.js';
import { documented } from './schema-metadata.js';

const c = initContract();

const pathParams = z.object({
  id: documented(z.string(), {
    description: 'The id of the key. The response to any other text is 404.',
    example: 'k7Qm2xVd9TzR',
  }),
});

/**
 * The routes that make, list, replace and revoke API keys. They take no idempotency key: its record
 * would keep the secret. A key whose response was lost is in the list, and can be revoked.
 */
export const apiKeyRoutes = c.router(
  {
    create: {
      method: 'POST',
      path: '/api-keys',
      summary: 'Create an API key',
      description: 'Makes a key. Its secret is in this response only.',
      query: noQuery,
      headers: bodyPreference,
      body: createApiKeySchema,
      responses: {
        201: createdApiKeySchema,
        409: problemSchema,
        ...forbiddenProblem,
        ...bodyProblems,
      },
      metadata: {
        access: 'admin',
        rate: writeRate,
        responses: { 201: 'The key, with its secret.' },
        headers: {
          ...preferenceHeaders,
          201: ['ETag', 'Preference-Applied'],
          409: ['Preference-Applied'],
        },
        furtherProblems: ['api-key-limit-reached'],
      } satisfies RouteMetadata,
    },
    list: {
      method: 'GET',
      path: '/api-keys',
      summary: 'List the API keys',
      description: 'Returns all keys without their secrets, the newest first, also expired ones.',
      query: noQuery,
      responses: { 200: apiKeyListSchema, 304: c.noBody(), ...forbiddenProblem },
      metadata: {
        access: 'admin',
        rate: listRate,
        responses: { 200: 'All keys.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag'], 304: ['ETag'] },
      } satisfies RouteMetadata,
    },
    self: {
      method: 'GET',
      path: '/api-keys/self',
      summary: 'Get the API key of this request',
      description: 'Returns what the key of this request allows.',
      query: noQuery,
      responses: { 200: ownApiKeySchema, 304: c.noBody() },
      metadata: {
        access: 'any-key',
        rate: readRate,
        responses: { 200: 'The key of this request.', 304: 'The client’s copy is current.' },
        headers: { 200: ['ETag'], 304: ['ETag'] },
      } satisfies RouteMetadata,
    },
    revoke: {
      method: 'DELETE',
      path: '/api-keys/:id',
      summary: 'Revoke an API key',
      description:
        'Deletes a key. This process refuses it at once, every other one after its next poll of the database.',
      pathParams,
      query: noQuery,
      body: c.noBody(),
      responses: { 204: c.noBody(), 404: problemSchema, ...forbiddenProblem },
      metadata: {
        access: 'admin',
        rate: writeRate,
        responses: { 204: 'The key is revoked.' },
        furtherProblems: ['api-key-not-found'],
      } satisfies RouteMetadata,
    },
    rotate: {
      method: 'POST',
      path: '/api-keys/:id/rotate',
      summary: 'Replace an API key',
      description:
        'Makes a key with the name, the scopes and the expiry of another one, which then expires after `overlap_seconds`. With 0, the default, that one is revoked.',
      pathParams,
      query: noQuery,
      headers: bodyPreference,
      body: rotateApiKeySchema,
      responses: {
        201: createdApiKeySchema,
        404: problemSchema,
        409: problemSchema,
        ...forbiddenProblem,
        ...bodyProblems,
      },
      metadata: {
        access: 'admin',
        rate: writeRate,
        responses: { 201: 'The new key, with its secret.' },
        headers: {
          ...preferenceHeaders,
          201: ['ETag', 'Preference-Applied'],
          404: ['Preference-Applied'],
          409: ['Preference-Applied'],
        },
        furtherProblems: ['api-key-not-found', 'api-key-limit-reached'],
      } satisfies RouteMetadata,
    },
  },
  {
    strictStatusCodes: true,
    commonResponses: { ...commonProblems, ...guardProblems, ...unavailableProblem },
  },
);
