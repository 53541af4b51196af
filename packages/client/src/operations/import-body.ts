import type { ByteStream } from '../http/http-message.js';
import type { ImportProgress, ImportSource } from '../options/transfer-options.js';

/** Products are sent in parts of at least this many characters. */
const PART_LENGTH = 16 * 1024;

/**
 * Opens a source, and returns its content as a stream that is read as it is sent.
 *
 * @param onError called with an error of the source
 */
export function importBody(
  source: ImportSource,
  onProgress: ((progress: ImportProgress) => void) | undefined,
  onError: (error: unknown) => void,
): ByteStream {
  const parts = partsOf(source);
  let bytes = 0;
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next().catch((error: unknown) => {
        onError(error);
        throw error;
      });
      if (done) {
        controller.close();
        return;
      }
      bytes += value.byteLength;
      controller.enqueue(value);
      onProgress?.({ bytes });
    },
    async cancel() {
      await parts.return();
    },
  });
}

async function* partsOf(
  source: ImportSource,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const item of typeof source === 'function' ? source() : source) {
    if (item instanceof Uint8Array) {
      yield new Uint8Array(item);
    } else {
      text += typeof item === 'string' ? item : `${JSON.stringify(item)}\n`;
    }
    if (text.length >= PART_LENGTH) {
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') {
    yield encoder.encode(text);
  }
}
