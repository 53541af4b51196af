import { expect, test } from 'vitest';
import { readConfig } from './config.js';

test('CATALOG_URL is the base URL of the service', () => {
  expect(readConfig({ CATALOG_URL: 'http://catalog:1' })).toEqual({ baseUrl: 'http://catalog:1' });
});

test.each([{}, { CATALOG_URL: '' }])('%j selects the local service', (environment) => {
  expect(readConfig(environment)).toEqual({ baseUrl: 'http://localhost:8080' });
});
