import type { Database } from '@product-api/database';
import type { Logger } from 'pino';
import { EpisodeLog } from './episode-log.js';

/** The messages of a poll. */
export interface PollMessages {
  /** What fails, what follows from it, and what the operator can do. */
  readonly fails: string;
  readonly worksAgain: string;
}

/** Logs that a poll of the database fails: its first failure, and its recovery. */
export class PollLog {
  readonly #logger: Logger;
  readonly #database: Pick<Database, 'failureOf'>;
  readonly #messages: PollMessages;
  readonly #episodes: EpisodeLog;
  #isFailing = false;

  constructor(logger: Logger, database: Pick<Database, 'failureOf'>, messages: PollMessages) {
    this.#logger = logger;
    this.#database = database;
    this.#messages = messages;
    this.#episodes = new EpisodeLog(logger);
  }

  failed(error: unknown): void {
    const { fails } = this.#messages;
    // A condition of the database is in the log already.
    if (this.#isFailing || this.#database.failureOf(error) !== undefined) {
      this.#logger.debug({ err: error }, fails);
    } else {
      this.#isFailing = true;
      this.#episodes.begin('error', { err: error }, fails);
    }
  }

  succeeded(): void {
    if (this.#isFailing) {
      this.#isFailing = false;
      this.#episodes.add('info', {}, this.#messages.worksAgain);
    }
  }
}
