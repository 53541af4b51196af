const API_KEY = /(pk_[0-9A-Za-z]{12}_)[\w-]{43,}/g;

/**
 * Returns a text with `***` for the secret of each API key in it. A client may send its key in a
 * path by mistake, such as to revoke it.
 */
export function withoutKeys(text: string): string {
  return text.includes('pk_') ? text.replace(API_KEY, '$1***') : text;
}
