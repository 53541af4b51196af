import type { Application } from 'express';
import { entityTag } from '../conditional/entity-tag.js';
import { allowOnly } from '../headers/allowed-methods.js';

/** A file of the documents, held in memory. */
export interface StaticFile {
  /** The URL path. A trailing slash matters: relative URLs in the file are resolved against it. */
  readonly path: string;
  readonly mediaType: string;
  readonly body: string | Buffer;
  /** The `Content-Security-Policy` of a page. Default: the policy of every response. */
  readonly policy?: string;
}

/** Serves a file at its path. The same path with a trailing slash more or less redirects there. */
export function serveFile(application: Application, file: StaticFile): void {
  const { path, mediaType, policy } = file;
  // All responses share one buffer, even while slow clients are still reading.
  const bytes = Buffer.from(file.body);
  const tag = entityTag(bytes);
  const redirect = redirectTo(path);
  application.get(path, (request, response) => {
    if (request.path !== path) {
      response.redirect(redirect);
      return;
    }
    response.setHeader('Content-Type', mediaType);
    response.setHeader('ETag', tag);
    if (policy !== undefined) {
      response.setHeader('Content-Security-Policy', policy);
    }
    response.send(bytes);
  });
  application.all(path, allowOnly(['GET']));
}

/**
 * Returns the relative URL of a path, seen from the same path with a trailing slash more or less.
 */
function redirectTo(path: string): string {
  const name = path.slice(path.lastIndexOf('/', path.length - 2) + 1);
  return name.endsWith('/') ? name : `../${name}`;
}
