import { ChangeLogError, OutdatedStoreError, StoreClaimedError } from '../../relay/relay-errors.js';
import type { StoreFailure, StoreFailureKind } from '../../store/store-failure.js';
import {
  CommandTimeoutError,
  ConnectionClosedError,
  MalformedReplyError,
  NoPrimaryError,
  UnknownPrimaryError,
} from '../connection/connection-errors.js';
import { kindOfCode, kindOfProtocolError, kindOfReply } from './failure-kinds.js';

const MAX_KEYS = 3;

/** Fields that an error of ioredis or Node may have. */
interface ErrorDetails {
  readonly code?: unknown;
  readonly errors?: unknown;
  /** The command that an error reply belongs to. */
  readonly command?: { readonly name: string; readonly args: readonly unknown[] };
}

/**
 * Returns the reason why Redis cannot be used, for an error of Redis, ioredis, Node or this
 * package.
 *
 * It contains the keys of a command but no other arguments, because those of HELLO and AUTH include
 * the password.
 */
export function failureOf(error: unknown): StoreFailure {
  const message = messageOf(error);
  if (error instanceof CommandTimeoutError) {
    return { kind: 'command-timeout', message, limitMs: error.limitMs };
  }
  if (error instanceof NoPrimaryError) {
    return failureOfSentinels(error);
  }
  if (error instanceof Error && error.name === 'ReplyError') {
    return { kind: kindOfReply(message), message, ...commandOf(error) };
  }
  return { kind: kindOfError(error, message), message };
}

const kindsOfRefusedLogin = new Set(['wrong-credentials', 'password-needed', 'not-permitted']);

function failureOfSentinels({ failures }: NoPrimaryError): StoreFailure {
  const reasons = Array.from(failures, ([sentinel, error]) => ({ sentinel, ...failureOf(error) }));
  const kind = kindOfSentinels(reasons.map((reason) => reason.kind));
  const message = reasons.map((reason) => `${reason.sentinel}: ${reason.message}`).join('; ');
  return { kind, message };
}

/**
 * Returns the kind that explains most: sentinels that reply before those that cannot be reached.
 */
function kindOfSentinels(kinds: readonly StoreFailureKind[]): StoreFailureKind {
  if (kinds.includes('primary-unknown')) {
    return 'primary-unknown';
  }
  if (kinds.some((kind) => kindsOfRefusedLogin.has(kind))) {
    return 'sentinel-login-refused';
  }
  return kinds.find((kind) => kind.startsWith('certificate-')) ?? 'sentinels-unreachable';
}

function kindOfError(error: unknown, message: string): StoreFailureKind {
  if (error instanceof ConnectionClosedError) {
    return error.wasEstablished ? 'connection-lost' : 'closed-before-reply';
  }
  if (error instanceof UnknownPrimaryError) {
    return 'primary-unknown';
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
    return args.slice(2, 2 + Math.min(MAX_KEYS, Number(args[1]))).map(String);
  }
  const count = name === 'set' ? 1 : MAX_KEYS;
  return commandsOfKeys.has(name) ? args.slice(0, count).map(String) : [];
}

/** Returns the first error of several attempts, as for a host name with several addresses. */
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
  // Redis repeats the arguments of an unknown command, which may include the password.
  const known = text.replace(/, with args beginning with:.*/s, '');
  return (known.split(/[\r\n]/)[0] ?? '').slice(0, 300);
}
