import type { Codec, Load, Loaded } from '../src/index.js';

/** What the tests keep in caches. */
export interface Note {
  readonly id: string;
  readonly text: string;
}

/** A draw at which no hit is audited or asked about, so that loads are those of the test alone. */
export const noChance = () => 0.999;

/** Notes as JSON; a note is valid only under its own id. */
export const noteCodec: Codec<Note> = {
  encode: (note) => JSON.stringify(note),
  decode: (text, key) => {
    try {
      const note: unknown = JSON.parse(text);
      return isNote(note) && note.id === key ? note : undefined;
    } catch {
      return undefined;
    }
  },
};

function isNote(value: unknown): value is Note {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

/** A slow, versioned source of notes, in which a test can hold loads up. */
export class NoteSource {
  readonly #rows = new Map<string, Loaded<Note>>();
  #held: Promise<void> | undefined;
  /** How many loads have begun. */
  loads = 0;

  /** Writes a text and answers its version. */
  write(id: string, text: string): number {
    const version = (this.#rows.get(id)?.version ?? 0) + 1;
    this.#rows.set(id, { value: { id, text }, version });
    return version;
  }

  /** Deletes a text. */
  delete(id: string): void {
    this.#rows.delete(id);
  }

  /** Lets loads read at once but answer only after the function that it returns was called. */
  hold(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#held = undefined;
      release();
    };
  }

  /** The load for a cache; it reads when it begins. */
  readonly load: Load<Note> = async (id) => {
    this.loads += 1;
    const row = this.#rows.get(id);
    await this.#held;
    return row;
  };
}
