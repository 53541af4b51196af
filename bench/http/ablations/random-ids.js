// Instead of apps/api/dist/http/request-ids.js: every id is a random UUID of its own.
import { randomUUID } from 'node:crypto';

export function requestIds() {
  return randomUUID;
}
