import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * Returns classes for the requests and responses of an application's server, which create them with
 * Express's prototypes, so that middleware can run in front of Express's router. Express calls
 * `Object.setPrototypeOf` on every request and response that it routes, which makes V8 discard an
 * object's optimized shape; for instances of these classes the call is a no-op.
 */
export function expressClasses(application: Express) {
  class ApplicationRequest extends IncomingMessage {}
  class ApplicationResponse extends ServerResponse {}
  application.request = inherit(ApplicationRequest.prototype, application.request);
  application.response = inherit(ApplicationResponse.prototype, application.response);
  return { IncomingMessage: ApplicationRequest, ServerResponse: ApplicationResponse };
}

/** Makes a prototype inherit from another, and returns it. */
function inherit<Parent extends object>(prototype: object, parent: Parent): Parent {
  // After the call, `prototype` has all properties of `parent`.
  return Object.setPrototypeOf(prototype, parent) as Parent;
}
