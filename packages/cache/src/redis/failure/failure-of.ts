import { ChangeLogError, OutdatedStoreError, StoreClaimedError } from '../../relay/relay-errors.js';
import type { StoreFailure, StoreFailureKind } from '../../store/store-failure.js';
import {
  CommandTimeoutError,
  ConnectionClosedError,
  MalformedReplyError,
} from '../connection/connection-errors.js';
import { kindOfCode, kindOfProtocolError, kindOfReply } from './failure-kinds.js';

const mostKeys = 3;

/** What an error of ioredis or Node may carry. */
interface ErrorDetails {
  readonly code?: unknown;
  readonly errors?: unknown;
  /** Of a reply that is an error: what it replied to. */
  readonly command?: { readonly name: string; readonly args: readonly unknown[] };
}

/**
 * Returns why Redis cannot be used, by an error of Redis, ioredis, Node or this package.
 *
 * Arguments of commands are left out, as those of HELLO and AUTH have the password; keys are kept.
 */
export function failureOf(error: unknown): StoreFailure {
  const message = messageOf(error);
  if (error instanceof CommandTimeoutError) {
    return { kind: 'command-timeout', message, limitMs: error.limitMs };
  }
  if (error instanceof Error && error.name === 'ReplyError') {
    return { kind: kindOfReply(message), message, ...commandOf(error) };
  }
  return { kind: kindOfError(error, message), message };
}

function kindOfError(error: unknown, message: string): StoreFailureKind {
  if (error instanceof ConnectionClosedError) {
    return error.wasEstablished ? 'connection-lost' : 'closed-before-reply';
  }
  if (error instanceof MalformedReplyError) {
    return 'not-redis';
  }
  if (error instanceof StoreClaimedError) {
    return error.owner === 'copy' ? 'claimed-by-copy' : 'claimed-by-other-database';
  }
  if (error instanceof OutdatedStoreError) {
    return 'behind-log';
  }
  if (error instanceof ChangeLogError) {
    return 'change-log-failed';
  }
  return kindOfCode(codeOf(error)) ?? kindOfProtocolError(message) ?? 'other';
}

const scriptCommands = new Set(['eval', 'evalsha']);
const commandsOfKeys = new Set(['get', 'mget', 'set', 'del', 'unlink', 'persist']);

function commandOf(error: Error): Pick<StoreFailure, 'command' | 'keys'> {
  const { command } = detailsOf(error);
  if (command === undefined) {
    return {};
  }
  const name = command.name.toLowerCase();
  const keys = keysOf(name, command.args);
  return { command: name.toUpperCase(), ...(keys.length > 0 && { keys }) };
}

function keysOf(name: string, args: readonly unknown[]): string[] {
  if (scriptCommands.has(name)) {
    return args.slice(2, 2 + Math.min(mostKeys, Number(args[1]))).map(String);
  }
  const count = name === 'set' ? 1 : mostKeys;
  return commandsOfKeys.has(name) ? args.slice(0, count).map(String) : [];
}

/** Of several attempts, as at a name with several addresses, the first stands for all. */
function firstOf(error: unknown): unknown {
  const { errors } = detailsOf(error);
  return Array.isArray(errors) && errors.length > 0 ? errors[0] : error;
}

function codeOf(error: unknown): string | undefined {
  const { code } = detailsOf(error);
  return typeof code === 'string' ? code : undefined;
}

function detailsOf(error: unknown): ErrorDetails {
  return typeof error === 'object' && error !== null ? error : {};
}

function messageOf(error: unknown): string {
  const first = firstOf(error);
  const text = first instanceof Error ? first.message || first.name : String(first);
  // Redis repeats the arguments of a command that it does not know.
  const known = text.replace(/, with args beginning with:.*/s, '');
  return (known.split(/[\r\n]/)[0] ?? '').slice(0, 300);
}
