import type { Socket } from 'node:net';
import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { openFakeRedis } from '../../../test/fake-redis.js';
import { freshNamespace, makeStore } from '../../../test/redis-fixture.js';

const replies = [
  '$-1\r\n',
  '_\r\n',
  ':1\r\n',
  '+OK\r\n',
  '#t\r\n',
  ',1.5\r\n',
  '*0\r\n',
  '*-1\r\n',
  '*1\r\n$-1\r\n',
  '*1\r\n*0\r\n',
  '%1\r\n+a\r\n+b\r\n',
  '~1\r\n:1\r\n',
  '=7\r\ntxt:abc\r\n',
  '!3\r\nabc\r\n',
  '-ERR x\r\n',
  '>1\r\n_\r\n',
  '>1\r\n+message\r\n',
  '>1\r\n+unsubscribe\r\n',
  '>2\r\n+message\r\n_\r\n',
  '>2\r\n+subscribe\r\n_\r\n',
  '*3\r\n$9\r\nsubscribe\r\n$-1\r\n:1\r\n',
  '*3\r\n$7\r\nmessage\r\n$-1\r\n$-1\r\n',
  '\u0015\u0003\u0003',
  'HTTP/1.1 400 Bad Request\r\n',
];

/** Replies to each command, and adds `surplus` further replies. */
function replyWith(reply: string, { surplus }: { surplus: number }) {
  return (socket: Socket) =>
    socket.on('data', (data) => {
      const commands = data.toString().match(/^\*\d+\r$/gm)?.length ?? 1;
      // A successful login lets the client send further commands.
      socket.write(data.includes('HELLO') || data.includes('hello') ? '+OK\r\n' : '');
      socket.write(reply.repeat(commands + surplus));
    });
}

// Vitest fails a file with an uncaught exception.
test.each(replies.flatMap((reply) => [0, 2].map((surplus) => [reply, surplus] as const)))(
  'replies of %j with %i surplus replies only end connections',
  async (reply, surplus) => {
    let connections = 0;
    const url = await openFakeRedis((socket) => {
      connections += 1;
      replyWith(reply, { surplus })(socket);
    });
    const namespace = freshNamespace();
    const store = makeStore({ url, namespace, timeoutMs: 50 });
    await eventually(() => connections >= 1);
    await store.get('k').catch(() => undefined);
    // Some of these replies are valid for some commands.
    expect(await store.invalidate('k', 1)).toMatch(/^(applied|deferred)$/);
  },
);
