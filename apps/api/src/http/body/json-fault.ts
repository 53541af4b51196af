import { visit } from 'jsonc-parser';

/** A place in a text, both numbers from 1; the column counts UTF-16 code units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Longer texts are not searched, as that would stop the event loop for more than 100 ms. */
const MAX_TEXT_LENGTH = 64 * 1024;

/**
 * Returns the place where a text stops being JSON. `JSON.parse` names it for some faults only.
 * Undefined where the parser finds no fault, for a text that is nested too deeply, and for one of more
 * than 65,536 characters: no product takes as many.
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
