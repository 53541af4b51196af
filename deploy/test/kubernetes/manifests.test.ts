import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { eventually, startApi, type TemporaryFolder, temporaryFolder } from '@product-api/testing';
import type { IContainer } from 'kubernetes-models/v1';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { repositoryFile, repositoryPath } from '../repository-file.ts';
import { longestDrainMs, unknownSettings } from '../service-settings.ts';
import { MANIFEST_FOLDER, onlyContainer, readManifests } from './manifests.ts';

/** Milliseconds between the last response and the end of the process, with a wide margin. */
const CLOSE_MARGIN_MS = 5000;

const manifests = readManifests();
const {
  'deployment.yaml': deployment,
  'horizontal-pod-autoscaler.yaml': autoscaler,
  'migration-job.yaml': job,
  'pod-disruption-budget.yaml': budget,
  'service.yaml': service,
  'settings.yaml': settings,
} = manifests;
const pod = deployment.spec?.template.spec;
const api = onlyContainer(deployment.spec?.template);
const migration = onlyContainer(job.spec?.template);
const data = settings.data ?? {};

describe('the manifests together', () => {
  test('are all files of their folder', () => {
    expect(Object.keys(manifests)).toEqual(readdirSync(repositoryPath(MANIFEST_FOLDER)));
  });

  test('Service, budget, spread and autoscaler apply to the pods of the Deployment', () => {
    const labels = deployment.spec?.template.metadata?.labels;
    expect(labels).toBeDefined();
    expect(deployment.spec?.selector.matchLabels).toEqual(labels);
    expect(service.spec?.selector).toEqual(labels);
    expect(budget.spec?.selector?.matchLabels).toEqual(labels);
    expect(pod?.topologySpreadConstraints?.[0]?.labelSelector?.matchLabels).toEqual(labels);
    expect(autoscaler.spec?.scaleTargetRef).toEqual({
      apiVersion: deployment.apiVersion,
      kind: deployment.kind,
      name: deployment.metadata?.name,
    });
  });

  test('the pod of the migration gets no requests', () => {
    expect(job.spec?.template.metadata?.labels).not.toMatchObject(service.spec?.selector ?? {});
  });

  test('the port of the service is the port of the pod, of its probes and of the Service', () => {
    expect(api.ports).toEqual([{ name: 'http', containerPort: Number(data['PORT']) }]);
    expect(service.spec?.ports?.map(({ targetPort }) => targetPort)).toEqual(['http']);
    expect(probesOf(api).map(({ port }) => port)).toEqual(['http', 'http', 'http']);
  });

  test('both pods run the image of this version', () => {
    const { version } = JSON.parse(repositoryFile('package.json'));
    expect([api.image, migration.image]).toEqual(Array(2).fill(`product-api:${version}`));
  });

  test('a pod has time to drain before it is killed', () => {
    const graceMs = (pod?.terminationGracePeriodSeconds ?? 0) * 1000;
    expect(graceMs).toBeGreaterThanOrEqual(longestDrainMs(data) + CLOSE_MARGIN_MS);
  });

  test.each([
    ['the service', pod, api],
    ['the migration', job.spec?.template.spec, migration],
  ])('%s has no privileges, and bounds on its resources', (_, spec, container) => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources).toMatchObject({
      requests: { cpu: expect.anything(), memory: expect.anything() },
      limits: { memory: expect.anything() },
    });
  });
});

describe('the settings', () => {
  test('are settings of the service', () => {
    const names = [...Object.keys(data), ...secretsOf(api), ...secretsOf(migration)];
    expect(unknownSettings(names)).toEqual([]);
    expect(data).toMatchObject({ HOST: '0.0.0.0', WORKERS: '1', SEED: 'false' });
  });

  test.each([
    ['the service', api],
    ['the migration', migration],
  ])('of %s come from the ConfigMap and, by reference, from the Secret', (_, container) => {
    expect(container.envFrom).toEqual([{ configMapRef: { name: settings.metadata?.name } }]);
    for (const { name, value, valueFrom } of container.env ?? []) {
      expect([name, value]).toEqual([name, undefined]);
      expect(valueFrom?.secretKeyRef).toMatchObject({ name: 'product-api', key: name });
    }
  });

  test('that are required keep a pod from starting while the Secret lacks them', () => {
    const optional = [...(api.env ?? []), ...(migration.env ?? [])]
      .filter(({ valueFrom }) => valueFrom?.secretKeyRef?.optional)
      .map(({ name }) => name);
    expect(optional).toEqual(['REDIS_SENTINEL_PASSWORD', 'ADMIN_API_KEY']);
  });

  test('that are secret are described in the README', () => {
    for (const key of secretsOf(api)) {
      expect(repositoryFile('deploy/README.md')).toContain(`\`${key}\``);
    }
    expect(secretsOf(api)).toEqual(expect.arrayContaining(secretsOf(migration)));
  });
});

describe('the built service', () => {
  let folder: TemporaryFolder;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const { PORT: _, ...others } = data;
    env = { ...others, HOST: '127.0.0.1', DATABASE_URL: `file:${folder.file('catalog.db')}` };
  });

  afterAll(() => folder.remove());

  test('runs the command of the migration, and then its start has nothing to migrate', async () => {
    const [program, ...args] = migration.command ?? [];
    expect(program).toBe('node');
    const cwd = repositoryPath('apps/api');
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env });
    expect(stdout).toMatch(/^Applied \d+ migrations/);

    const running = await startApi({ env });
    onTestFinished(() => running.stop());
    const log = await eventually(() => {
      const lines = running.logLines().join('\n');
      return lines.includes('Product API is listening') && lines;
    });
    expect(log).not.toContain('migration applied');
    expect(log).not.toContain('unknown variables');
    for (const { path } of probesOf(api)) {
      expect((await fetch(`${running.baseUrl}${path}`)).status).toBe(200);
    }
  });
});

/** Returns the requests of the probes at start, for life and for readiness. */
function probesOf({ startupProbe, livenessProbe, readinessProbe }: IContainer) {
  return [startupProbe, livenessProbe, readinessProbe].map((probe) => ({
    path: probe?.httpGet?.path,
    port: probe?.httpGet?.port,
  }));
}

/** Returns the names of the variables that come from the Secret. */
function secretsOf({ env = [] }: IContainer): string[] {
  return env.map(({ name }) => name);
}
