import { expect, test } from 'vitest';
import { describeDialects } from './temporary-database.js';

const record = {
  scope: '',
  key: 'key-1',
  fingerprint: 'f',
  outcome: '{}',
  createdAt: new Date('2026-02-28T12:00:00Z'),
};

describeDialects(({ open }) => {
  test('a key has one record in each scope', async () => {
    const { client, failureOf } = await open();
    await client.idempotencyRecord.create({ data: record });
    await client.idempotencyRecord.create({ data: { ...record, scope: 'other' } });
    const failure = await client.idempotencyRecord
      .create({ data: record })
      .catch((error: unknown) => error);
    expect(failureOf(failure)).toBe('constraint');
    const records = await client.idempotencyRecord.findMany({ orderBy: { number: 'asc' } });
    expect(records).toMatchObject([record, { ...record, scope: 'other' }]);
  });

  test.each(['', 'x'.repeat(256)])('the key %j is refused', async (key) => {
    const { client } = await open();
    await expect(client.idempotencyRecord.create({ data: { ...record, key } })).rejects.toThrow(
      'idempotency_records_key_has_1_to_255_characters',
    );
  });

  test('a time that is not a time is refused', async () => {
    const { client, dialect, sql } = await open();
    await client.idempotencyRecord.create({ data: record });
    const value = dialect === 'sqlite' ? "'2026-02-28'" : "'infinity'";
    await expect(sql(`UPDATE idempotency_records SET created_at = ${value}`)).rejects.toThrow(
      'idempotency_records_created_at',
    );
  });
});
