import { pathSegment } from './path-segment.js';

/** Query parameters; those that are undefined are not sent. */
export type QueryParameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** Replaces the parameters of a route's path, such as `:id`, by encoded segments. */
export function requestPath(
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  query: QueryParameters = {},
): string {
  const segments = path.replace(/:(\w+)/g, (_, name: string) =>
    pathSegment(parameters[name] ?? ''),
  );
  return withQuery(segments, query);
}

/** Appends query parameters to a path. */
export function withQuery(path: string, query: QueryParameters = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
