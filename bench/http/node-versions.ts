import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { byThroughput, type Experiment, type ServerSubject, subject } from './experiment.js';
import { productApi, rawPeer } from './servers.js';
import { cachedReads } from './workloads.js';

/** A Node.js that servers are started with. */
interface NodeProgram {
  /** Its version, such as `22.4.1`. */
  readonly version: string;
  readonly path: string;
}

/**
 * Returns the experiment `node-versions`: cached reads from the service and from the raw server,
 * under the Node.js of the benchmark and under others, which npm downloads.
 *
 * @param versions as npm takes them, such as `22`
 * @throws {Error} when npm has no such version
 */
export async function nodeVersionExperiment(versions: readonly string[]): Promise<Experiment> {
  const own = { version: process.versions.node, path: process.execPath };
  const programs = [own, ...(await Promise.all(versions.map(download)))];
  const ours = ({ version }: NodeProgram) => `Product API on Node.js ${version}`;
  const raw = ({ version }: NodeProgram) => `node:http + ioredis on Node.js ${version}`;
  const subjects: ServerSubject[] = programs.flatMap((program) => [
    subject(ours(program), productApi({ node: program.path }), cachedReads),
    subject(raw(program), { ...rawPeer('raw-redis'), node: program.path }, cachedReads),
  ]);
  const ratio = (of: string, to: string) => byThroughput(`${of} ÷ ${to}`, of, to);
  return {
    name: 'node-versions',
    subjects,
    comparisons: programs.flatMap((program) => [
      ratio(ours(program), raw(program)),
      ...(program === own ? [] : [ratio(ours(program), ours(own))]),
    ]),
  };
}

async function download(requested: string): Promise<NodeProgram> {
  const command = ['--yes', `node@${requested}`, '-p', 'process.version + process.execPath'];
  const { stdout } = await promisify(execFile)('npx', command);
  const [, version = '', path = ''] = /^v([\d.]+)(.+)$/m.exec(stdout) ?? [];
  return { version, path };
}
