import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { JoinedWrites } from './joined-writes.js';

/** Creates a stream that records the number of commands in each write. */
function recordingStream() {
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

test('the commands of a turn are joined in writes of eight', async () => {
  const { stream, writes } = recordingStream();
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

test('a connection that is not ready is left alone', () => {
  const connection = {
    status: 'connecting',
    get stream(): Writable {
      throw new Error('There is none yet');
    },
  };
  expect(() => new JoinedWrites(connection).join()).not.toThrow();
});
