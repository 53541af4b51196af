import { Command } from 'ioredis';

type Texts = (string | null)[];

/** An MGET whose text is known. */
class PreparedMget extends Command {
  declare readonly promise: Promise<Texts>;
  readonly #text: string;

  constructor(text: string) {
    super('mget', [], { replyEncoding: 'utf8' });
    this.#text = text;
  }

  override toWritable(): string {
    return this.#text;
  }
}

/**
 * Creates an MGET of keys that have one length and only ASCII characters, as those of UUIDs have.
 * Its text is joined at once: ioredis takes a tenth of the time of a batch to measure and append
 * the keys one by one. Returns undefined for other keys.
 */
export function mgetOfEqualLengths(keys: readonly string[]): PreparedMget | undefined {
  const length = keys[0]?.length ?? 0;
  if (!keys.every((key) => key.length === length)) {
    return undefined;
  }
  const separator = `\r\n$${length}\r\n`;
  const text = `*${keys.length + 1}\r\n$4\r\nmget${separator}${keys.join(separator)}\r\n`;
  return Buffer.byteLength(text) === text.length ? new PreparedMget(text) : undefined;
}
