import { strike } from './fault.js';
import { relayTick } from './relay-tick.js';
import type { KeyScene, Process, Scene } from './scene.js';
import type { Act, Actor } from './schedule-plan.js';

/** Does what an actor does to a key. */
export async function playActor(actor: Actor, key: KeyScene, scene: Scene): Promise<void> {
  const process = scene.processes[actor.process];
  if (process === undefined) {
    throw new RangeError(`There is no process ${actor.process}`);
  }
  for (const act of actor.acts) {
    await scene.steps.begin(`${process.name}: ${act.kind} ${key.plan.name}`);
    await play(act, process, key, scene);
  }
}

async function play(act: Act, process: Process, key: KeyScene, scene: Scene): Promise<void> {
  switch (act.kind) {
    case 'read':
      return read(process, key, scene);
    case 'read-many':
      return readMany(process, scene);
    case 'put':
    case 'delete':
      return write(process, act, key, scene);
    case 'relay':
      return relay(process, scene);
    case 'fault':
      await scene.steps.step(`${act.fault} (${key.plan.name})`, () =>
        strike(act.fault, key, scene),
      );
  }
}

/** Reads a key through a process's cache, as a request does. */
export async function read(process: Process, keyScene: KeyScene, scene: Scene): Promise<void> {
  const { key, history } = keyScene;
  const readEnds = history.readBegins(process.name);
  const { value } = await process.cache.getOrLoad(key, () => load(process, keyScene, scene));
  readEnds(value);
}

async function readMany(process: Process, scene: Scene): Promise<void> {
  const keyScenes = new Map(scene.keys.map((keyScene) => [keyScene.key, keyScene]));
  const ends = scene.keys.map(({ history }) => history.readBegins(process.name));
  const found = await process.cache.getMany(keyScenes.keys(), async (key) => {
    const keyScene = keyScenes.get(key);
    return keyScene && load(process, keyScene, scene);
  });
  for (const [index, { key }] of scene.keys.entries()) {
    ends[index]?.(found.get(key)?.value);
  }
}

async function load({ name }: Process, { key, plan }: KeyScene, { lane, steps }: Scene) {
  return asLoaded(await steps.request(`${name}: SELECT ${plan.name}`, () => lane.rows.read(key)));
}

function asLoaded(version: number | undefined) {
  return version === undefined ? undefined : { value: version, version };
}

/** Lets the process's relay catch up with the change log. */
export async function relay({ relayTarget, claim, log }: Process, { keys }: Scene): Promise<void> {
  const histories = keys.map(({ history }) => history);
  await relayTick({ target: relayTarget, claim, log, histories });
}

/** Writes the row and, unless the process dies after its commit, invalidates the key. */
async function write(
  { name, cache }: Process,
  { kind, invalidation }: Extract<Act, { invalidation: unknown }>,
  { key, plan, history }: KeyScene,
  { lane, steps }: Scene,
): Promise<void> {
  const version = await steps.request(`${name}: ${kind} ${plan.name}`, () => {
    const written = lane.rows[kind](key);
    history.committed({ version: written, exists: kind === 'put' });
    return written;
  });
  if (invalidation === 'sent') {
    const acknowledge = history.invalidationBegins(version);
    await cache.invalidate(key, version);
    acknowledge();
  }
}
