import { setTimeout as delay } from 'node:timers/promises';
import type { Changes } from '@product-api/contract';
import type { Database } from '@product-api/database';
import { eventually, type SeededRandom, seededRandom } from '@product-api/testing';
import { type CopyingFollower, startCopyingFollower } from './followers/copying-follower.js';
import type { Follower } from './followers/follower.js';
import { startPollingFollower } from './followers/polling-follower.js';
import { startStreamingFollower } from './followers/streaming-follower.js';
import type { FeedHistory, LoggedChange } from './history/feed-history.js';
import type { ClientPath, FeedSubject } from './subject/feed-subject.js';
import { startFeedWorkload } from './workload/feed-workload.js';
import type { Server } from './workload/product-requests.js';

/** Milliseconds in which all followers reach the end of the feed after the last write. */
const SETTLE_MS = 20_000;

/** Changes that are read from the log at a time. */
const PAGE_SIZE = 1000;

/** Followers of each kind. */
export interface Followers {
  readonly all: readonly Follower[];
  readonly copies: readonly [CopyingFollower, ...CopyingFollower[]];
}

/**
 * Follows the feed in all ways while products change and everything goes wrong, waits until all
 * followers have reached its end, and returns the history. The subject has no products before.
 *
 * @param rounds how often all faults are injected
 */
export async function runFeed(
  subject: FeedSubject,
  { seed, rounds }: { readonly seed: number; readonly rounds: number },
): Promise<FeedHistory> {
  const { processes, clientPaths, database } = subject;
  const before = await database.changeFeed.head();
  const start = await endOfFeed(processes[0]);
  const followers = startFollowers(clientPaths, start, seed);
  const random = seededRandom(seed);
  const workload = startFeedWorkload({
    servers: processes,
    database,
    random: seededRandom(seed + 1),
  });
  try {
    await whileCut(clientPaths, followers.copies, seededRandom(seed + 2), async () => {
      for (let round = 0; round < rounds; round++) {
        await subject.injectFaults(random);
      }
    });
    await workload.stop();
    // Whoever does not get there has missed something, which the checker names.
    await untilAtEnd(followers.all, processes[0]).catch(() => undefined);
    return {
      start,
      log: await readLog(database, before.seq),
      followers: followers.all.map((follower) => follower.history()),
      exported: await exportedLines(processes[0]),
    };
  } finally {
    await workload.stop();
    await Promise.all(followers.all.map((follower) => follower.stop()));
  }
}

/** Starts followers of each kind, all with sequences of their own. */
export function startFollowers(
  servers: readonly [Server, ...Server[]],
  after: string,
  seed: number,
): Followers {
  const options = (name: string, index: number) => ({
    ...{ name, servers, after, random: seededRandom(seed + 10 + index) },
  });
  const copy = startCopyingFollower(options('sync', 0));
  return {
    copies: [copy],
    all: [
      copy,
      startPollingFollower(options('list, one', 1)),
      startPollingFollower(options('list, two', 2)),
      startStreamingFollower(options('stream, one', 3)),
      startStreamingFollower(options('stream, two', 4)),
      startStreamingFollower(options('stream, three', 5)),
    ],
  };
}

/** Cuts the connections of clients, and kills copying programs, until `during` has ended. */
async function whileCut(
  paths: readonly [ClientPath, ...ClientPath[]],
  copies: Followers['copies'],
  random: SeededRandom,
  during: () => Promise<void>,
): Promise<void> {
  const end = new AbortController();
  const cut = async () => {
    while (!end.signal.aborted) {
      await delay(random.between(200, 1000));
      random.pick(paths).path.resetConnections();
    }
  };
  const kill = async () => {
    while (!end.signal.aborted) {
      await delay(random.between(500, 2500));
      await random.pick(copies).crash();
    }
  };
  const cuts = Promise.all([cut(), kill()]);
  await during().finally(() => end.abort());
  await cuts;
}

/** Waits until all followers have the cursor of the end of the feed. */
export async function untilAtEnd(followers: readonly Follower[], server: Server): Promise<void> {
  const end = await endOfFeed(server);
  await eventually(() => followers.every((each) => each.cursor() === end), {
    timeoutMs: SETTLE_MS,
  });
}

/** Returns the cursor of the end of the feed. */
export async function endOfFeed({ baseUrl }: Server): Promise<string> {
  const response = await fetch(`${baseUrl}/changes`);
  // The contract declares this type.
  const { next_cursor } = (await response.json()) as Changes;
  return next_cursor;
}

/** Returns the products of an export: lines of JSON, in the order of the ids. */
export async function exportedLines({ baseUrl }: Server): Promise<string[]> {
  const response = await fetch(`${baseUrl}/exports/products`);
  const lines = (await response.text()).split('\n');
  return lines.filter((line) => line !== '').sort();
}

async function readLog({ changeFeed }: Database, after: number): Promise<LoggedChange[]> {
  const { seq: end } = await changeFeed.head();
  const log: LoggedChange[] = [];
  for (let seq = after; seq < end; ) {
    const page = await changeFeed.read(seq, PAGE_SIZE);
    log.push(...page);
    seq = page.at(-1)?.seq ?? end;
  }
  return log;
}
