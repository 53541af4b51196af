import type { Readiness } from '@product-api/contract';

/** Returns whether the API process at this address uses Redis. */
export async function usesCache(baseUrl: string): Promise<boolean> {
  const response = await fetch(`${baseUrl}/health/ready`);
  // The contract declares this type.
  const { cache } = (await response.json()) as Readiness;
  return cache === 'ok';
}
