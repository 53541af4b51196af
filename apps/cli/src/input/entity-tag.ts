/** Adds the quotes that a shell has removed from an entity tag (RFC 9110 §8.8.3). */
export function quotedEntityTag(text: string): string {
  return text === '*' || text.endsWith('"') ? text : `"${text}"`;
}
