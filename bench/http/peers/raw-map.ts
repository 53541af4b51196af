// A cache in the process at its simplest: node:http and a Map, which holds every product asked for.
import { createServer } from 'node:http';
import { hotProducts, productId, productText } from '../catalog/product.js';
import { answerJson, pathPrefix } from './answer-json.js';
import { peerSettings } from './peer-settings.js';

const texts = new Map(
  Array.from({ length: hotProducts }, (_, n) => [productId(n), productText(n)]),
);

createServer((request, response) => {
  const id = (request.url ?? '').slice(pathPrefix.length);
  answerJson(response, texts.get(id) ?? null);
}).listen(peerSettings().port, '127.0.0.1');
