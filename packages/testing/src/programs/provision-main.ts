import { neededPrograms, provision } from './provision.js';

for (const program of neededPrograms) {
  try {
    process.stdout.write(`${program.need}: ${await provision(program)}\n`);
  } catch (error) {
    process.stderr.write(`${program.need}: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
