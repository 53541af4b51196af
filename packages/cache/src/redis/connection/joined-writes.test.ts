import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it as test } from 'vitest';
import { JoinedWrites } from './joined-writes.js';

/** A stream that notes how many commands each of its writes has. */
function notingStream() {
  const writes: number[] = [];
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      writes.push(1);
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.length);
      done();
    },
  });
  return { stream, writes };
}

test('joins the commands of a turn by eight, and waits for none of another turn', async () => {
  const { stream, writes } = notingStream();
  const joined = new JoinedWrites({ status: 'ready', stream });
  for (const commands of [20, 1, 8]) {
    for (let n = 0; n < commands; n++) {
      joined.join();
      stream.write('command');
    }
    await nextTurn();
  }
  expect(writes).toEqual([8, 8, 4, 1, 8]);
});

test('touches no connection that is not ready', () => {
  const connection = {
    status: 'connecting',
    get stream(): Writable {
      throw new Error('There is none yet');
    },
  };
  expect(() => new JoinedWrites(connection).join()).not.toThrow();
});
