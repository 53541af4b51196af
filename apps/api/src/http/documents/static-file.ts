import type { Application } from 'express';
import { entityTag } from '../conditional/entity-tag.js';
import { allowOnly } from '../problems/allowed-methods.js';

/** A file of the documents, in memory. */
export interface StaticFile {
  /** Where it is served. A slash at the end matters, as it is part of what addresses are relative to. */
  readonly path: string;
  readonly mediaType: string;
  readonly body: string | Buffer;
  /** The `Content-Security-Policy` of a page. Default: that of every response. */
  readonly policy?: string;
}

/** Serves a file under its path; the same path with or without a slash at its end leads there. */
export function serveFile(application: Application, file: StaticFile): void {
  const { path, mediaType, policy } = file;
  // As bytes, all responses share it, those to slow readers too.
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

/** The way to a path from the same path with a slash more or less at its end. */
function redirectTo(path: string): string {
  const name = path.slice(path.lastIndexOf('/', path.length - 2) + 1);
  return name.endsWith('/') ? name : `../${name}`;
}
