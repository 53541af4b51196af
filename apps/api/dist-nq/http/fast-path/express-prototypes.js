import { IncomingMessage, ServerResponse } from 'node:http';
/**
 * Returns classes for the requests and responses of an application's server, which create them with
 * Express's prototypes. Express calls `Object.setPrototypeOf` on every request and response, which
 * makes V8 discard an object's optimized shape; for instances of these classes the call is a no-op.
 */
export function expressClasses(application) {
    class ApplicationRequest extends IncomingMessage {
    }
    class ApplicationResponse extends ServerResponse {
    }
    application.request = inherit(ApplicationRequest.prototype, application.request);
    application.response = inherit(ApplicationResponse.prototype, application.response);
    return { IncomingMessage: ApplicationRequest, ServerResponse: ApplicationResponse };
}
/** Makes a prototype inherit from another, and returns it. */
function inherit(prototype, parent) {
    // After the call, `prototype` has all properties of `parent`.
    return Object.setPrototypeOf(prototype, parent);
}
//# sourceMappingURL=express-prototypes.js.map