import { readFileSync } from 'node:fs';
import type { RedisOptions } from 'ioredis';

/** The scripts of the cache protocol as commands. Each Lua file begins with a description. */
export interface ScriptCommands {
  readOrLease(
    value: string,
    fence: string,
    token: string,
    leaseMs: number,
  ): Promise<['value', string] | ['leased'] | ['wait']>;
  leaseToRefresh(
    value: string,
    fence: string,
    token: string,
    leaseMs: number,
    withinMs: number,
  ): Promise<['leased'] | ['wait'] | ['fresh', number] | ['absent']>;
  fill(
    value: string,
    fence: string,
    token: string,
    text: string,
    version: number,
    ttlMs: number,
  ): Promise<0 | 1>;
  release(fence: string, token: string): Promise<0 | 1>;
  invalidate(value: string, fence: string, version: number, floorTtlMs: number): Promise<null>;
  deleteIfEqual(value: string, bytes: string | Buffer): Promise<0 | 1>;
  claim(
    claim: string,
    watermark: string,
    databaseId: string,
    claimMs: number,
    renews: 0 | 1,
  ): Promise<['held', 0 | 1, string | null] | ['held-by-other', string]>;
  applyChanges(
    numberOfKeys: number,
    ...keysAndArguments: readonly (string | number)[]
  ): Promise<0 | 1>;
  clearBatch(
    numberOfKeys: number,
    ...keysAndArguments: readonly (string | number)[]
  ): Promise<0 | 1>;
  chargeBucket(
    bucket: string,
    refillMicros: number,
    capacity: number,
    spent: number,
    asked: number,
  ): Promise<[taken: 0 | 1, left: string]>;
  trial(numberOfKeys: number, ...keys: readonly string[]): Promise<null>;
}

type ScriptDefinitions = Record<keyof ScriptCommands, NonNullable<RedisOptions['scripts']>[string]>;

/** Reads the scripts from their files, in the form of ioredis's option `scripts`. */
export function loadScripts(): ScriptDefinitions {
  return {
    readOrLease: { lua: readScript('fence', 'take-lease', 'read-or-lease'), numberOfKeys: 2 },
    leaseToRefresh: { lua: readScript('fence', 'take-lease', 'lease-to-refresh'), numberOfKeys: 2 },
    fill: { lua: readScript('fence', 'fill'), numberOfKeys: 2 },
    release: { lua: readScript('fence', 'release'), numberOfKeys: 1 },
    invalidate: { lua: readScript('fence', 'invalidate-key', 'invalidate'), numberOfKeys: 2 },
    deleteIfEqual: { lua: readScript('delete-if-equal'), numberOfKeys: 1 },
    claim: { lua: readScript('claim'), numberOfKeys: 2 },
    applyChanges: { lua: readScript('fence', 'invalidate-key', 'apply') },
    clearBatch: { lua: readScript('clear') },
    chargeBucket: { lua: readScript('charge-bucket'), numberOfKeys: 1 },
    trial: { lua: readScript('trial') },
  };
}

/** Concatenates files: a script in Redis cannot include another, so shared functions come first. */
function readScript(...parts: string[]): string {
  const read = (name: string) =>
    readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
  return parts.map(read).join('\n');
}
