import { visit } from 'jsonc-parser';

/** A position in a text. Both numbers count from 1; columns are UTF-16 code units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Longer texts are not searched: that would block the event loop for more than 100 ms. */
const MAX_TEXT_LENGTH = 64 * 1024;

/**
 * Returns the position of the first fault in a JSON text; `JSON.parse` reports it for some faults
 * only. Undefined if the parser finds no fault, if the text is nested too deeply, or if it has more
 * than 65,536 characters, which no product needs.
 */
export function jsonFaultAt(text: string): TextPosition | undefined {
  if (text.length > MAX_TEXT_LENGTH) {
    return undefined;
  }
  let found: TextPosition | undefined;
  const onError = (
    _code: number,
    _offset: number,
    _length: number,
    line: number,
    column: number,
  ) => {
    found ??= { line: line + 1, column: column + 1 };
  };
  try {
    visit(text, { onError }, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
  }
  return found;
}
