import { randomUUID } from 'node:crypto';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { openImport } from './open-import.js';
import { importFile, ndjson, numberedLines } from './transfer-requests.js';

const REUSED = 'urn:product-api:problem:idempotency-key-reused';

describeDatabases((catalog) => {
  beforeEach(() => catalog().database.client.product.deleteMany());

  const start = async () => {
    const api = await startApi({ env: { DATABASE_URL: catalog().url, SEED: 'false' } });
    onTestFinished(() => api.stop());
    return api;
  };
  const namesInCatalog = async () =>
    (await catalog().database.client.product.findMany()).map(({ name }) => name);

  /** Sends a file until some of its lines are committed. */
  async function sendPart(api: RunningApi, part: string, key: string) {
    const open = openImport(api.baseUrl, { headers: { 'Idempotency-Key': key } });
    await open.send(part);
    await eventually(async () => expect((await namesInCatalog()).length).toBeGreaterThan(0));
    return open;
  }

  test('after kill -9 the same file imports each line once', async () => {
    const api = await start();
    const key = randomUUID();
    const file = numberedLines(1300);
    await sendPart(api, file.slice(0, file.length / 2), key);
    api.kill('SIGKILL');
    await api.exit;
    const before = (await namesInCatalog()).length;
    expect(before % 200).toBe(0);
    expect(before).toBeLessThan(1300);

    const next = await start();
    const options = { headers: { 'Idempotency-Key': key } };
    const { headers, summary } = await importFile(next.baseUrl, file, options);
    expect(headers['idempotent-replayed']).toBeUndefined();
    expect(summary).toMatchObject({ read: 1300, created: 1300, complete: true });
    const names = await namesInCatalog();
    expect(names).toHaveLength(1300);
    expect(new Set(names).size).toBe(1300);

    const again = await importFile(next.baseUrl, file, options);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.summary).toEqual(summary);
    expect(await namesInCatalog()).toHaveLength(1300);
  });

  test('a stop commits what was read, reports it, and the same file goes on', async () => {
    const api = await start();
    const key = randomUUID();
    const file = numberedLines(1000);
    const part = numberedLines(290);
    const open = await sendPart(api, part, key);
    api.kill('SIGTERM');
    const { summary, problem } = await open.lastLine();
    expect(summary).toMatchObject({ read: 290, created: 290, complete: false });
    expect(problem?.type).toBe('urn:product-api:problem:service-unavailable');
    open.outgoing.destroy();
    expect(await api.exit).toBe(0);
    expect(await namesInCatalog()).toHaveLength(290);

    const next = await start();
    const response = await importFile(next.baseUrl, file, { headers: { 'Idempotency-Key': key } });
    expect(response.summary).toMatchObject({ read: 1000, created: 1000, complete: true });
    expect(new Set(await namesInCatalog()).size).toBe(1000);
  });

  test('an import with a key', { timeout: 60_000 }, async () => {
    const { baseUrl } = await start();
    const keyed = () => ({ headers: { 'Idempotency-Key': randomUUID() } });

    // … refuses another file, a longer one, and another query.
    const { headers } = keyed();
    await importFile(baseUrl, numberedLines(250), { headers });
    for (const other of [numberedLines(250, 1), numberedLines(251), numberedLines(249)]) {
      const { summary, problem } = await importFile(baseUrl, other, { headers });
      expect(summary).toMatchObject({ complete: false });
      expect(problem.type).toBe(REUSED);
    }
    const otherQuery = { headers, query: 'mode=create' };
    expect((await importFile(baseUrl, numberedLines(250), otherQuery)).status).toBe(422);
    expect(await namesInCatalog()).toHaveLength(250);

    // … reports failed lines again, also those that the catalog refused.
    const id = randomUUID();
    const taken = { id, name: 'Taken', description: '', price: 1, stock_quantity: 0 };
    await importFile(baseUrl, ndjson([taken]));
    const creating = { ...keyed(), query: 'mode=create&on_error=skip' };
    const file = numberedLines(3) + ndjson([taken, { price: 0 }]);
    const first = await importFile(baseUrl, file, creating);
    expect(first.lines.map(({ line }) => line)).toEqual([4, 5]);
    await catalog().database.client.product.delete({ where: { id } });
    const second = await importFile(baseUrl, file, creating);
    expect(second.lines).toEqual(first.lines);
    expect(second.summary).toEqual(first.summary);

    // … goes on behind a line that was corrected.
    const stopping = keyed();
    const stopped = await importFile(baseUrl, `${numberedLines(5)}{"price":0}\n`, stopping);
    expect(stopped.summary).toMatchObject({ read: 6, created: 5, complete: false });
    const corrected = await importFile(baseUrl, numberedLines(6), stopping);
    expect(corrected.summary).toMatchObject({ read: 6, created: 6, failed: 0, complete: true });
  });

  test('of two requests with one key only one imports the lines', async () => {
    const { baseUrl } = await start();
    const options = { headers: { 'Idempotency-Key': randomUUID() } };
    const file = numberedLines(1500);
    const responses = await Promise.all([
      importFile(baseUrl, file, options),
      importFile(baseUrl, file, options),
    ]);
    const complete = responses.filter(({ summary }) => summary['complete']);
    expect(complete.length).toBeGreaterThanOrEqual(1);
    for (const { summary, problem } of responses) {
      if (!summary['complete']) {
        expect(problem.type).toBe('urn:product-api:problem:service-unavailable');
      }
    }
    expect(new Set(await namesInCatalog()).size).toBe(1500);
    expect(await namesInCatalog()).toHaveLength(1500);
  });
});
