import { StartError } from '../start-error.js';

/** The `.env` file cannot be read. The message shows none of its content, as that may be a password. */
export class EnvFileError extends StartError {
  override readonly name = 'EnvFileError';

  constructor(file: string, fault: string) {
    super(`The settings in ${file} cannot be read: ${fault}. Correct the file or remove it.`);
  }
}
