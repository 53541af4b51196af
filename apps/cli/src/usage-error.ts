/** The command line, or a file that it names, asks for something that makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
