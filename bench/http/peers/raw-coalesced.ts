// As raw-redis, but what is asked for in one turn of the event loop travels as one MGET.
import { createServer, type ServerResponse } from 'node:http';
import { Redis } from 'ioredis-6';
import { answerJson, pathPrefix } from './answer-json.js';
import { peerSettings } from './peer-settings.js';

const { port, redisUrl } = peerSettings();
const redis = new Redis(redisUrl);
let waiting: { key: string; response: ServerResponse }[] = [];

createServer((request, response) => {
  if (waiting.length === 0) {
    setImmediate(answerAll);
  }
  waiting.push({ key: `product:${(request.url ?? '').slice(pathPrefix.length)}`, response });
}).listen(port, '127.0.0.1');

async function answerAll(): Promise<void> {
  const turn = waiting;
  waiting = [];
  const texts = await redis.mget(turn.map(({ key }) => key));
  for (const [index, { response }] of turn.entries()) {
    answerJson(response, texts[index] ?? null);
  }
}
