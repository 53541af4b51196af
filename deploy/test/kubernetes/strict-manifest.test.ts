import { Deployment } from 'kubernetes-models/apps/v1';
import { expect, test } from 'vitest';
import { parseManifest } from './manifests.ts';
import { strictManifest } from './strict-manifest.ts';

/** Returns the Deployment with this field in its only container. */
function deploymentWith(field: object) {
  const document = parseManifest('deployment.yaml');
  Object.assign(document.spec.template.spec.containers[0], field);
  return document;
}

test.each([
  ['an unknown field', { readinesProbe: {} }, 'unknown fields: /spec/template/spec/containers/0/'],
  ['a field of another type', { tty: 'yes' }, '/spec/template/spec/containers/0/tty must be'],
  [
    'a missing field',
    { ports: [{ name: 'http' }] },
    '/ports/0 must have required property containerPort',
  ],
  ['an invalid quantity', { resources: { limits: { cpu: 'much' } } }, '/resources/limits/cpu'],
])('%s is refused with its path', (_, field, message) => {
  expect(() => strictManifest(Deployment, deploymentWith(field))).toThrow(message);
});

test.each([
  ['kind', 'Deploymnt', 'kind must be'],
  ['apiVersion', 'apps/v2', 'apiVersion must be'],
  ['spc', {}, 'unknown fields: /spc'],
])('%s: %j is refused', (name, value, message) => {
  const document = { ...parseManifest('deployment.yaml'), [name]: value };
  expect(() => strictManifest(Deployment, document)).toThrow(message);
});
