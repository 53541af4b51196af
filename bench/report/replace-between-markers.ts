/**
 * Replaces the text between `<!-- name:start -->` and `<!-- name:end -->` in a Markdown text.
 *
 * @throws {Error} when the markers are missing
 */
export function replaceBetweenMarkers(text: string, name: string, content: string): string {
  const start = `<!-- ${name}:start -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(`Expected the markers ${start} and ${end}`);
  }
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
