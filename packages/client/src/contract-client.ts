import { contract } from '@product-api/contract';
import { initClient } from '@ts-rest/core';
import type { ContractFetcher } from './contract-fetcher.js';

/** The contract's routes as functions that return successes and throw everything else. */
export type ContractClient = SuccessesOf<ReturnType<typeof bindContract>>;

/**
 * Binds the contract to an address.
 *
 * @param baseUrl Without a slash at its end.
 * @param headers Sent with every request.
 */
export function createContractClient(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  fetcher: ContractFetcher,
): ContractClient {
  // ts-rest types every declared answer; the fetcher has thrown for all but the successes.
  return bindContract(baseUrl, headers, fetcher) as ContractClient;
}

function bindContract(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  api: ContractFetcher,
) {
  const baseHeaders = { accept: 'application/json, application/problem+json', ...headers };
  return initClient(contract, { baseUrl, baseHeaders, api });
}

type SuccessesOf<Client> = {
  readonly [Group in keyof Client]: {
    readonly [Route in keyof Client[Group]]: Client[Group][Route] extends (
      ...args: infer Args
    ) => Promise<infer Answer>
      ? (...args: Args) => Promise<Extract<Answer, { status: 200 | 201 | 204 }>>
      : never;
  };
};
