import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * Classes for the requests and answers of an application's server, whose instances have from birth
 * the prototypes that Express gives to each. It calls `Object.setPrototypeOf` on every request and
 * answer, which makes V8 give up what it knows of an object's shape; on these the call changes nothing.
 */
export function expressClasses(application: Express) {
  class ApplicationRequest extends IncomingMessage {}
  class ApplicationResponse extends ServerResponse {}
  application.request = inherit(ApplicationRequest.prototype, application.request);
  application.response = inherit(ApplicationResponse.prototype, application.response);
  return { IncomingMessage: ApplicationRequest, ServerResponse: ApplicationResponse };
}

/** Puts a prototype before another, which then is all that it was, and more. */
function inherit<Parent extends object>(prototype: object, parent: Parent): Parent {
  // After the call this is what the type says.
  return Object.setPrototypeOf(prototype, parent) as Parent;
}
