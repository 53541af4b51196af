import { expect, test } from 'vitest';
import { noteCodec } from '../../test/notes.js';
import { openStore, sharedRedis } from '../../test/redis-fixture.js';
import { createCache } from '../cache.js';
import { createKeyspace } from '../redis/keyspace.js';

const redis = sharedRedis();

test('a stored text is parsed once, and again when it changes', async () => {
  const parsed: string[] = [];
  const namespace = 'text-memo:';
  const cache = createCache({
    store: await openStore({ url: redis.url, namespace }),
    codec: {
      ...noteCodec,
      decode(text, key) {
        parsed.push(text);
        return noteCodec.decode(text, key);
      },
    },
  });
  const edit = (text: string) => redis.operator.set(createKeyspace(namespace).value('n'), text);
  const [one, two] = ['{"id":"n","text":"one"}', '{"id":"n","text":"two"}'];

  await edit(one);
  const first = await cache.peek('n');
  expect(await cache.peek('n')).toBe(first);
  expect(parsed).toEqual([one]);

  await edit(two);
  expect(await cache.peek('n')).toMatchObject({ value: { text: 'two' } });
  await edit('{"id":"another","text":"one"}');
  expect(await cache.peek('n')).toBeUndefined();
  expect(parsed).toHaveLength(3);
});
