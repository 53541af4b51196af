import { eventually, startApi } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { send } from './raw-request.js';

const REQUEST_ID = 'request-1';

test('in a terminal, the access log has one aligned line for each request', async () => {
  const api = await startApi({ env: { LOG_FORMAT: 'pretty' } });
  onTestFinished(() => api.stop());
  const headers = { 'X-Request-Id': REQUEST_ID };
  const list = await send(api.baseUrl, { path: '/products?limit=1', headers });
  const [{ id }] = JSON.parse(list.text).items;
  await send(api.baseUrl, { path: `/products/${id}` });
  await send(api.baseUrl, { method: 'DELETE', path: '/products/none', headers });

  const lines = () => api.logLines().filter((line) => line.includes(' ms  '));
  await eventually(() => expect(lines()).toHaveLength(3));
  const line = (text: string) => expect.stringMatching(new RegExp(`INFO: ${text}`));
  expect(lines()).toEqual([
    line('GET     200 {2} *\\d+\\.\\d{3} ms {2}-       /products\\?limit=1$'),
    line(`GET     200 {2} *\\d+\\.\\d{3} ms {2}MISS    /products/${id}$`),
    line(`DELETE  404 {2} *\\d+\\.\\d{3} ms {2}-       /products/none  request id ${REQUEST_ID}$`),
  ]);
});

test('the log names the database with its absolute path', async () => {
  const api = await startApi({ env: { DATABASE_URL: 'file:./my%20data/50%25%231.db' } });
  onTestFinished(() => api.stop());
  const listening = () => api.logLines().find((line) => line.includes('is listening')) ?? '{}';
  await eventually(() =>
    expect(JSON.parse(listening())).toMatchObject({
      database: expect.stringMatching(/^file:\/.+\/my data\/50%25%231\.db$/),
    }),
  );
  expect((await send(api.baseUrl, { path: '/products' })).status).toBe(200);
});
