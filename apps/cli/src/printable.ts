/** Control characters, and those that turn the direction of text: a terminal would obey them. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text on one line that no terminal takes for a command; what it leaves out becomes `�`. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(unprintable, '�');
}
