// Replaces direct-route.js: every request passes through Express's router.
import { joinMiddleware } from './join-middleware.js';

export function directRoute({ application, middleware }) {
  return { handle: application, middleware: joinMiddleware(middleware) };
}
