import type { DatabaseCondition, ReadableCondition } from '../database.js';
import { UnusableDatabaseError } from '../errors/database-errors.js';
import { failureText, postgresqlFailure, sqlState } from './postgresql-failure.js';

/** Tracks the condition of a server, from the outcome of statements. */
export class ServerCondition {
  readonly #place: string;
  readonly #onChange: (condition: DatabaseCondition) => void;
  #condition: Exclude<DatabaseCondition, { state: 'unusable' }> = { state: 'ok' };

  /**
   * @param place the words for the server in messages
   * @param onChange called with each new condition
   */
  constructor(place: string, onChange: (condition: DatabaseCondition) => void) {
    this.#place = place;
    this.#onChange = onChange;
  }

  /**
   * Returns the condition of a server that can be read.
   *
   * @throws {UnusableDatabaseError} when the last statement did not reach the server
   */
  readableCondition(): ReadableCondition {
    if (this.#condition.state === 'unreachable') {
      throw new UnusableDatabaseError(this.#condition.reason);
    }
    return this.#condition;
  }

  /** Updates the condition after a statement succeeded. Only a write shows that writes work. */
  recordSuccess(isWrite: boolean): void {
    const { state } = this.#condition;
    if (state === 'unreachable' || (isWrite && state !== 'ok')) {
      this.#change({ state: 'ok' });
    }
  }

  /** Updates the condition after a statement failed. */
  recordFailure(error: unknown): void {
    const place = this.#place;
    const detail = failureText(error);
    switch (postgresqlFailure(error)) {
      case 'unreachable':
        this.#change({
          state: 'unreachable',
          reason: `${place} cannot be used (${detail}). ${remedyOf(error)}`,
        });
        break;
      case 'full':
        this.#change({
          state: 'full',
          reason: `${place} cannot grow (${detail}). Free some space on its disk`,
        });
        break;
      case 'read-only':
        this.#change({
          state: 'read-only',
          reason: `${place} is read-only (${detail}). Let the user of the service write`,
        });
        break;
      default:
    }
  }

  /** Reports each new state once, and keeps the latest reason: a server may stop, then refuse. */
  #change(condition: Exclude<DatabaseCondition, { state: 'unusable' }>): void {
    const { state } = this.#condition;
    this.#condition = condition;
    if (state !== condition.state) {
      this.#onChange(condition);
    }
  }
}

/** Returns what the operator can do about a server that does not accept connections. */
function remedyOf(error: unknown): string {
  return sqlState(error)?.startsWith('28')
    ? 'Check user and password: the service reads DATABASE_URL only when it starts'
    : 'The service uses it again by itself';
}
