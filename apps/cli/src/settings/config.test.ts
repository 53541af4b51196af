import { expect, test } from 'vitest';
import { readConfig } from './config.js';

test('the environment has the base URL of the service and the headers of requests', () => {
  const environment = { CATALOG_URL: 'http://catalog:1', CATALOG_HEADERS: 'X-Shop: 1' };
  expect(readConfig(environment)).toEqual({ baseUrl: 'http://catalog:1', headers: 'X-Shop: 1' });
});

test.each([{}, { CATALOG_URL: '', CATALOG_HEADERS: '' }])(
  '%j selects the local service, without headers',
  (environment) => {
    expect(readConfig(environment)).toEqual({ baseUrl: 'http://localhost:8080', headers: '' });
  },
);
