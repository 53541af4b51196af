// Replaces access-log.js: pino builds every line.
import { cacheResultOf } from '../http/server/request-context.js';

export function createAccessLog({ logger }) {
  return (response, durationMs) => {
    const { req: request, statusCode } = response;
    const entry = {
      request_id: request.id,
      method: request.method,
      path: request.originalUrl,
      status: statusCode,
      cache: cacheResultOf(response),
      duration_ms: Math.round(durationMs * 1000) / 1000,
    };
    logger.info(entry, 'request');
  };
}
