import { apiKeyRoutes } from './api-key-routes.js';
import type { RouteMetadata, Routes } from './route-metadata.js';

const metadata = { access: 'admin', rate: 'none', responses: {} } as const satisfies RouteMetadata;

/** Routes that must compile. */
export const routes = { keys: apiKeyRoutes, other: { list: { metadata } } } satisfies Routes;

/** Routes that do not say who may use them and what they cost, or name what does not exist. */
export const wrongRoutes = [
  // @ts-expect-error the route has no metadata
  { keys: { list: {} } } satisfies Routes,

  // @ts-expect-error the metadata has no access
  { keys: { list: { metadata: { rate: 'none', responses: {} } } } } satisfies Routes,

  // @ts-expect-error the metadata has no rate
  { keys: { list: { metadata: { access: 'admin', responses: {} } } } } satisfies Routes,

  // @ts-expect-error there is no such rate
  { keys: { list: { metadata: { ...metadata, rate: 'free' } } } } satisfies Routes,

  // @ts-expect-error there is no such scope
  { keys: { list: { metadata: { ...metadata, access: 'keys:read' } } } } satisfies Routes,
];
