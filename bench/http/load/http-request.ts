/** A request as it goes over the wire; a body is JSON. */
export function httpRequest(
  line: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`,
  { headers = {}, body }: { headers?: Readonly<Record<string, string>>; body?: string } = {},
): string {
  const all = {
    Host: '127.0.0.1',
    ...headers,
    ...(body !== undefined && {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${line} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}
