import type { Codec, Load, Loaded } from '../src/index.js';

/** The values that the tests cache. */
export interface Note {
  readonly id: string;
  readonly text: string;
}

/** A random number at which no hit is audited or refreshed: only the test itself causes loads. */
export const noChance = () => 0.999;

/** Encodes notes as JSON. A note is valid only under its own id. */
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

/** A versioned source of notes, whose loads a test can delay. */
export class NoteSource {
  readonly #rows = new Map<string, Loaded<Note>>();
  #held: Promise<void> | undefined;
  /** The number of loads that have begun. */
  loads = 0;

  /** Writes a text, and returns its version. */
  write(id: string, text: string): number {
    const version = (this.#rows.get(id)?.version ?? 0) + 1;
    this.#rows.set(id, { value: { id, text }, version });
    return version;
  }

  /** Deletes a text. */
  delete(id: string): void {
    this.#rows.delete(id);
  }

  /** Makes loads read at once, but return only after the returned function was called. */
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

  /** Loads a note for a cache; it reads the note when it begins. */
  readonly load: Load<Note> = async (id) => {
    this.loads += 1;
    const row = this.#rows.get(id);
    await this.#held;
    return row;
  };
}
