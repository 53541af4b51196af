import type { Change, Changes, Product } from '../src/index.js';
import { mouse } from './sample-data.js';
import { json, type Script, text } from './scripted-server.js';

/** Returns an update of the mouse, unless it is another product. */
export function update(version: number, fields: Partial<Change> = {}): Change {
  return {
    cursor: `c${version}`,
    kind: 'update',
    product_id: mouse.id,
    version,
    changed_at: '2026-02-28T23:59:59.999Z',
    ...fields,
  };
}

/** Responds with a page of changes. */
export function changes(next_cursor: string, ...items: Change[]): Script {
  return json(200, { items, next_cursor } satisfies Changes);
}

/** Responds with an export. */
export function exported(cursor: string, ...products: Product[]): Script {
  const lines = products.map((product) => `${JSON.stringify(product)}\n`);
  return text(200, lines.join(''), { 'changes-cursor': cursor });
}
