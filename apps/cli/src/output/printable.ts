/**
 * Control characters and characters that change the text direction, which a terminal would obey.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Returns a text on one line that is safe for terminals: unprintable characters become `�`. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNPRINTABLE, '�');
}
