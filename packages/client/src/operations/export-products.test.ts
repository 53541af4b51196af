import { expect, test } from 'vitest';
import { exported } from '../../test/changes-script.js';
import { collect } from '../../test/collect.js';
import { mouse, problem } from '../../test/sample-data.js';
import { json, type Script, startScriptedServer } from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';

const [first, second] = ['1', '2'].map((digit) => ({
  ...mouse,
  id: mouse.id.replace('3', digit),
}));
const gone = json(404, problem('product-not-found'));

test('an export goes on behind the last product that still exists', async () => {
  const broken: Script = (response) => {
    response.writeHead(200, { 'changes-cursor': 'c1' });
    const lines = [first, second].map((product) => `${JSON.stringify(product)}\n`).join('');
    response.write(lines, () => setTimeout(() => response.destroy(), 50));
  };
  const server = await startScriptedServer(broken, gone, exported('c2', mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  expect(await collect(products.export())).toEqual([first, second, mouse]);
  const ends = ['format=ndjson', `after=${second?.id}`, `after=${first?.id}`];
  expect(server.requests.map((request) => request.split(/[?&]/).at(-1))).toEqual(ends);
});
