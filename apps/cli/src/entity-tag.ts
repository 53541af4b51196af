/** Puts the quotes back round an entity tag that a shell has taken them from (RFC 9110 §8.8.3). */
export function quotedEntityTag(text: string): string {
  return text === '*' || text.endsWith('"') ? text : `"${text}"`;
}
