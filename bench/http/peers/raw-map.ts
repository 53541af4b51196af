// A cache in the process at its simplest: node:http and a Map, which holds every product asked for.
import { createServer } from 'node:http';
import { HOT_PRODUCTS, productId, productText } from '../catalog/product.js';
import { answerJson, PATH_PREFIX } from './answer-json.js';
import { peerSettings } from './peer-settings.js';

const texts = new Map(
  Array.from({ length: HOT_PRODUCTS }, (_, n) => [productId(n), productText(n)]),
);

createServer((request, response) => {
  const id = (request.url ?? '').slice(PATH_PREFIX.length);
  answerJson(response, texts.get(id) ?? null);
}).listen(peerSettings().port, '127.0.0.1');
