/** How values become the text that is stored, and back. */
export interface Codec<V> {
  /** The text of a value; never `null`, which stands for there being no such thing. */
  encode(value: V): string;
  /** The value of a text, or `undefined` if it is not a valid value of that key. Must not throw. */
  decode(text: string, key: string): V | undefined;
}
