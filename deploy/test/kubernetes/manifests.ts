import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, type IContainer, type IPodTemplateSpec, Service } from 'kubernetes-models/v1';
import { parse } from 'yaml';
import { repositoryFile } from '../repository-file.ts';
import { type ManifestClass, strictManifest } from './strict-manifest.ts';

/** The folder of the manifests in the repository. */
export const MANIFEST_FOLDER = 'deploy/kubernetes';

/** Returns all manifests by file, validated. */
export function readManifests() {
  return {
    'deployment.yaml': readManifest('deployment.yaml', Deployment),
    'horizontal-pod-autoscaler.yaml': readManifest(
      'horizontal-pod-autoscaler.yaml',
      HorizontalPodAutoscaler,
    ),
    'migration-job.yaml': readManifest('migration-job.yaml', Job),
    'pod-disruption-budget.yaml': readManifest('pod-disruption-budget.yaml', PodDisruptionBudget),
    'service.yaml': readManifest('service.yaml', Service),
    'settings.yaml': readManifest('settings.yaml', ConfigMap),
  };
}

/** Returns the content of a manifest, not validated. */
export function parseManifest(file: string) {
  return parse(repositoryFile(`${MANIFEST_FOLDER}/${file}`));
}

function readManifest<Manifest>(file: string, manifestClass: ManifestClass<Manifest>): Manifest {
  return strictManifest(manifestClass, parseManifest(file));
}

/** Returns the only container of a pod. */
export function onlyContainer(template: IPodTemplateSpec | undefined): IContainer {
  const [container, ...others] = template?.spec?.containers ?? [];
  if (container === undefined || others.length > 0) {
    throw new Error('expected one container');
  }
  return container;
}
