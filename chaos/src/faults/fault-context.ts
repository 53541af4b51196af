import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '@product-api/testing';
import type { Hosts } from '../subject/hosts.js';
import type { Subject } from '../subject/subject.js';
import type { FaultContext, HostsContext } from './fault.js';

/** The part of a subject that faults are injected into. */
type Faulty = Pick<Subject, 'processes' | 'redis' | 'isWritable'>;

/** The same part of hosts. */
type FaultyHosts = Faulty & Pick<Hosts, 'processes' | 'postgres'>;

/** Creates the context in which faults are injected into a subject. */
export function createFaultContext(subject: Faulty, random: SeededRandom): FaultContext {
  return {
    processes: random.shuffle(subject.processes),
    redis: subject.redis,
    random,
    isWritable: () => subject.isWritable(),
    wait: (ms) => delay(ms * random.between(0.5, 1.5)),
    split: () => createFaultContext(subject, seededRandom(random.between(0, 2 ** 32))),
  };
}

/** Creates the context in which faults are injected into hosts. */
export function createHostsContext(hosts: FaultyHosts, random: SeededRandom): HostsContext {
  return {
    ...createFaultContext(hosts, random),
    processes: random.shuffle(hosts.processes),
    postgres: hosts.postgres,
    split: () => createHostsContext(hosts, seededRandom(random.between(0, 2 ** 32))),
  };
}
