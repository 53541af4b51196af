import type { TestProject } from 'vitest/node';
import { testEnvironment } from '../environment.js';
import { MissingProgramError } from '../programs/missing-program-error.js';
import { startPostgres } from '../servers/start-postgres.js';
import type {} from './postgres-databases.js';

/**
 * Vitest's global setup of a workspace whose tests share one PostgreSQL server: the one at
 * TEST_POSTGRES_URL, else one that is started for the test run.
 *
 * @returns a function that stops the server
 */
export default async function setUpPostgres({ provide }: TestProject) {
  const { skipped, postgresUrl } = testEnvironment();
  if (postgresUrl !== undefined || skipped.has('postgres')) {
    provide('postgresUrl', postgresUrl);
    return undefined;
  }
  try {
    const server = await startPostgres();
    provide('postgresUrl', server.url);
    return () => server.stop();
  } catch (error) {
    if (!(error instanceof MissingProgramError)) {
      throw error;
    }
    // Only the tests that need the server fail.
    provide('postgresFault', error.message);
    return undefined;
  }
}
