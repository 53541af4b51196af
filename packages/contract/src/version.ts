/** The version of the contract, and so of the service, the SDK and the CLI. */
export const productApiVersion = '1.0.0';
