// The yardstick: node:http and a GET by ioredis, whose bytes are passed through. No checks, no log.
import { createServer } from 'node:http';
import { Redis } from 'ioredis-6';
import { answerJson, pathPrefix } from './answer-json.js';
import { peerSettings } from './peer-settings.js';

const { port, redisUrl } = peerSettings();
const redis = new Redis(redisUrl);

createServer(async (request, response) => {
  const id = (request.url ?? '').slice(pathPrefix.length);
  answerJson(response, await redis.get(`product:${id}`));
}).listen(port, '127.0.0.1');
