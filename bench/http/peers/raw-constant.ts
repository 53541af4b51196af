// What node:http itself can do: the same body for everybody, from nowhere.
import { createServer } from 'node:http';
import { productText } from '../catalog/product.js';
import { answerJson } from './answer-json.js';
import { peerSettings } from './peer-settings.js';

const text = productText(0);
createServer((_request, response) => answerJson(response, text)).listen(
  peerSettings().port,
  '127.0.0.1',
);
