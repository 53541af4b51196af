/** Headers by name. */
export type HeaderFields = Readonly<Record<string, string>>;

/**
 * Headers, or a function that returns them. The function is called before each attempt, so that it
 * can return a token that is still valid.
 */
export type HeaderSource = HeaderFields | (() => HeaderFields | Promise<HeaderFields>);

/**
 * Returns the headers of an attempt. A later source replaces the headers of an earlier one.
 *
 * @throws {TypeError} when a header has an invalid name or value
 * @throws {unknown} when a function among the sources throws: the same error
 */
export async function mergeHeaders(sources: readonly HeaderSource[]): Promise<Headers> {
  const merged = new Headers();
  for (const source of sources) {
    const fields = typeof source === 'function' ? await source() : source;
    for (const [name, value] of Object.entries(fields)) {
      merged.set(name, value);
    }
  }
  return merged;
}
