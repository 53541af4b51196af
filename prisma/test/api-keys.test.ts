import { expect, test } from 'vitest';
import { describeDialects, type TestDatabase } from './temporary-database.js';

const key = {
  id: 'k7Qm2xVd9TzR',
  hash: 'A'.repeat(43),
  name: 'checkout',
  scopes: 'products:read stock:write',
  createdAt: new Date('2026-02-28T12:00:00Z'),
  expiresAt: null,
};

async function versionOf({ client }: TestDatabase): Promise<string> {
  const { value } = await client.metadata.findUniqueOrThrow({ where: { key: 'api_keys_version' } });
  return value;
}

describeDialects(({ open }) => {
  test('a key keeps its values', async () => {
    const { client } = await open();
    const expiresAt = new Date('9999-12-31T23:59:59.999Z');
    await client.apiKey.create({ data: key });
    await client.apiKey.create({ data: { ...key, id: '000000000000', expiresAt } });
    expect(await client.apiKey.findMany({ orderBy: { id: 'desc' } })).toEqual([
      key,
      { ...key, id: '000000000000', expiresAt },
    ]);
  });

  test('values that no key can have are refused', async () => {
    const { client, dialect, sql } = await open();
    for (const [column, value, constraint] of [
      ['id', 'k7Qm2xVd9Tz_', 'id_has_12_letters_and_digits'],
      ['id', 'short', 'id_has_12_letters_and_digits'],
      ['hash', 'A'.repeat(42), 'hash_is_a_sha_256_in_base64url'],
      ['hash', '+'.repeat(43), 'hash_is_a_sha_256_in_base64url'],
      ['name', '', 'name_has_1_to_100_characters'],
      ['name', 'x'.repeat(101), 'name_has_1_to_100_characters'],
      ['scopes', '', 'scopes_are_words'],
      ['scopes', '["admin"]', 'scopes_are_words'],
      ['scopes', 'x'.repeat(1001), 'scopes_are_words'],
    ] as const) {
      const failure = client.apiKey.create({ data: { ...key, [column]: value } });
      await expect(failure, `${column} ${value}`).rejects.toThrow(`api_keys_${constraint}`);
    }
    await client.apiKey.create({ data: key });
    const notTime = dialect === 'sqlite' ? "'2026-02-28'" : "'infinity'";
    for (const column of ['created_at', 'expires_at']) {
      await expect(sql(`UPDATE api_keys SET ${column} = ${notTime}`)).rejects.toThrow(
        `api_keys_${column}_has_a_year_of_four_digits`,
      );
    }
  });

  test('every change of the keys gives them another version', async () => {
    const database = await open();
    const versions = [await versionOf(database)];
    const insert = `INSERT INTO api_keys (id, hash, name, scopes, created_at)
      VALUES ('${key.id}', '${key.hash}', 'x', 'admin', ${database.dialect === 'sqlite' ? 0 : 'now()'})`;
    const statements = [
      insert,
      "UPDATE api_keys SET name = 'y'",
      'DELETE FROM api_keys',
      insert,
      ...(database.dialect === 'postgresql' ? ['TRUNCATE api_keys'] : ['DELETE FROM api_keys']),
    ];
    for (const statement of statements) {
      await database.sql(statement);
      versions.push(await versionOf(database));
    }
    expect(new Set(versions).size).toBe(1 + statements.length);
  });
});
