import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportQuery } from '@product-api/contract';
import type { Prisma, Transaction } from '@product-api/database';
import { queryProducts, type StoredProduct } from '../../products/database/product-row.js';
import type { ProductStatements } from '../../products/database/product-statements.js';
import { writeRows } from '../../products/database/write-rows.js';
import type { ImportLine, LineResult } from '../import/import-line.js';
import { decideLine, type LineDecision } from './decide-line.js';

/** Maximum lines of a statement: the words of their texts are collected on the event loop. */
const MAX_TOGETHER = 100;

/** How lines are applied. */
export interface LineRules {
  readonly mode: ImportQuery['mode'];
  readonly onError: ImportQuery['on_error'];
  /** Whether nothing is written. */
  readonly isDryRun: boolean;
  /** The time for `created_at` and `updated_at`. */
  readonly at: Date;
  /** The id of the API key of the request; undefined without one. */
  readonly changedBy: string | undefined;
}

type Rows = ReadonlyMap<string, StoredProduct>;

/**
 * Applies lines in their order. With `stop`, those after the first failed line are left out.
 *
 * @param client a transaction, unless the run is dry: then each line is compared with the catalog
 *   as it is
 * @returns the result of each line
 */
export async function applyLines(
  client: Transaction,
  statements: ProductStatements,
  lines: readonly ImportLine[],
  rules: LineRules,
): Promise<LineResult[]> {
  const results: LineResult[] = [];
  for (const part of partsOf(lines)) {
    await nextTurn();
    const select = rules.isDryRun ? statements.selectRows : statements.lockRows;
    const decisions = decide(part, await read(client, select, part), rules);
    const written = rules.isDryRun ? new Map() : await write(client, statements, decisions, rules);
    results.push(...decisions.map((decision) => resultOf(decision, written)));
    if (rules.onError === 'stop' && results.at(-1)?.outcome === 'failed') {
      break;
    }
  }
  return results;
}

/** Divides lines into parts of different products, so that one statement can write each part. */
function* partsOf(lines: readonly ImportLine[]): Generator<readonly ImportLine[]> {
  let part: ImportLine[] = [];
  let ids = new Set<string>();
  for (const line of lines) {
    const id = 'id' in line ? line.id : undefined;
    if (part.length >= MAX_TOGETHER || (id !== undefined && ids.has(id))) {
      yield part;
      part = [];
      ids = new Set();
    }
    part.push(line);
    if (id !== undefined) {
      ids.add(id);
    }
  }
  yield part;
}

async function read(
  client: Pick<Transaction, '$queryRaw'>,
  select: (ids: readonly string[]) => Prisma.Sql,
  lines: readonly ImportLine[],
): Promise<Rows> {
  const ids = lines.flatMap((line) => ('id' in line && line.id !== undefined ? [line.id] : []));
  return ids.length === 0 ? new Map() : queryProducts(client, select(ids));
}

function decide(
  lines: readonly ImportLine[],
  current: Rows,
  { mode, onError }: LineRules,
): LineDecision[] {
  const decisions: LineDecision[] = [];
  for (const line of lines) {
    const row = 'id' in line && line.id !== undefined ? current.get(line.id) : undefined;
    const decision = decideLine(line, row, mode);
    decisions.push(decision);
    if (decision.kind === 'fail' && onError === 'stop') {
      break;
    }
  }
  return decisions;
}

async function write(
  client: Transaction,
  statements: ProductStatements,
  decisions: readonly LineDecision[],
  { at, changedBy }: LineRules,
): Promise<Rows> {
  const made = { at, changedBy };
  const inserts = decisions
    .filter((decision) => decision.kind === 'create')
    .map(({ line, product }) => ({ kind: 'insert' as const, id: line.newId, product, ...made }));
  const updates = decisions
    .filter((decision) => decision.kind === 'update')
    .map(({ line: { newId: id, changes } }) => ({ kind: 'update' as const, id, changes, ...made }));
  return new Map([
    ...(await writeRows(client, statements, statements.insertRows, inserts)),
    ...(await writeRows(client, statements, statements.updateRows, updates)),
  ]);
}

function resultOf(decision: LineDecision, written: Rows): LineResult {
  if (decision.kind === 'fail') {
    return decision.result;
  }
  const { line, newId: id } = decision.line;
  const before = decision.kind === 'create' ? 0 : decision.current.version;
  const version = written.get(id)?.version ?? before;
  return { line, outcome: outcomes[decision.kind], id, version };
}

const outcomes = { create: 'created', update: 'updated', keep: 'unchanged' } as const;
