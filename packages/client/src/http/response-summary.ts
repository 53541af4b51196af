import type { HttpResponse } from './http-message.js';

const MAX_LINE_LENGTH = 100;

/**
 * Describes a response for an error message: status, media type, first line, and the address that
 * it came from after a redirect.
 */
export function summarizeResponse({ status, headers, text, redirectedTo }: HttpResponse): string {
  const parts = [
    `status ${status}`,
    mediaType(headers) ?? 'no content type',
    firstLine(text),
    redirectedTo === undefined ? undefined : `redirected to ${withoutCredentials(redirectedTo)}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Returns the media type of a body in lower case, without parameters. */
export function mediaType(headers: Headers): string | undefined {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}

/** Returns a URL without user, password and query, which may be secret. */
export function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** Returns the first line that is not blank, in quotes and without control characters. */
function firstLine(text: string): string {
  const line = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  if (line === '') {
    return 'an empty body';
  }
  const printable = line.replace(/\p{Cc}/gu, '�');
  return printable.length > MAX_LINE_LENGTH
    ? `"${printable.slice(0, MAX_LINE_LENGTH)}…"`
    : `"${printable}"`;
}
