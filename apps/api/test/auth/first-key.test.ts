import { startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryCatalog } from '../api-on-file.js';
import { runToEnd } from '../run-to-end.js';
import { messages, startWorkers } from '../start-workers.js';
import { ADMIN_KEY, createKey, statusWith } from './keys.js';

const CANNOT_MANAGE = 'no API key can manage keys: set ADMIN_API_KEY to make or revoke one';

test('a service that needs keys does not start without any', async () => {
  const { code, errors } = await runToEnd({ AUTH: 'writes' });
  expect({ code, errors }).toEqual({
    code: 1,
    errors:
      'AUTH=writes needs an API key, and there is none: set ADMIN_API_KEY to at least 32 characters, such as openssl rand -base64 32 prints, and make the other keys with it\n',
  });
});

test('it starts with a key that cannot manage keys, and says so', async () => {
  const { file } = await temporaryCatalog();
  const env = { DATABASE_URL: `file:${file}`, AUTH: 'all' };
  const before = await startApi({ env: { ...env, ADMIN_API_KEY: ADMIN_KEY } });
  onTestFinished(() => before.stop());
  const { key } = await createKey(before.baseUrl, ['products:read']);
  const after = await startApi({ env });
  onTestFinished(() => after.stop());
  expect(await statusWith(key, after.baseUrl)).toBe(200);
  expect(await statusWith(ADMIN_KEY, after.baseUrl)).toBe(401);
  expect(messages(before, CANNOT_MANAGE)).toEqual([]);
  expect(messages(after, CANNOT_MANAGE)).toMatchObject([{ level: 'warn' }]);
});

describeWith('redis')('with two workers', () => {
  test('a new key is accepted at once by both', async () => {
    const service = await startWorkers({ AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY });
    onTestFinished(() => service.stop());
    const { baseUrl } = service.api;
    for (let round = 0; round < 5; round++) {
      const { key } = await createKey(baseUrl, ['products:read']);
      const reads = Array.from({ length: 8 }, () => statusWith(key, baseUrl));
      expect(new Set(await Promise.all(reads))).toEqual(new Set([200]));
    }
  });
});
