/** A fault that keeps the service from starting and that the operator can repair. The message says how, in full. */
export abstract class StartError extends Error {}
