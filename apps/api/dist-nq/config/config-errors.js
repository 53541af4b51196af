import { StartError } from '../errors.js';
/** Environment variables have invalid values. The message lists every one of them. */
export class ConfigError extends StartError {
    name = 'ConfigError';
    constructor(issues) {
        const faults = issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
        super(['The configuration is not valid:', ...faults].join('\n'));
    }
}
/**
 * The `.env` file cannot be read. The message shows none of its content, which may be a password.
 */
export class EnvFileError extends StartError {
    name = 'EnvFileError';
    constructor(file, fault) {
        super(`The settings in ${file} cannot be read: ${fault}. Correct the file or remove it.`);
    }
}
//# sourceMappingURL=config-errors.js.map