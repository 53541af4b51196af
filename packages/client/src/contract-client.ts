import { contract } from '@product-api/contract';
import { initClient } from '@ts-rest/core';
import type { ContractFetcher } from './contract-fetcher.js';

/**
 * The routes of the contract as functions that return successes and throw on any other response.
 */
export type ContractClient = SuccessesOf<ReturnType<typeof bindContract>>;

/**
 * Binds the contract to an address.
 *
 * @param baseUrl the address, without a slash at its end
 * @param headers the headers of every request
 */
export function createContractClient(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  fetcher: ContractFetcher,
): ContractClient {
  // ts-rest types every declared response, but the fetcher throws on all that are not successes.
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
    ) => Promise<infer Response>
      ? (...args: Args) => Promise<Extract<Response, { status: 200 | 201 | 204 }>>
      : never;
  };
};
