import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

const script = `
  import { endWithParent } from ${JSON.stringify(new URL('./end-with-parent.js', import.meta.url).href)};
  endWithParent();
  process.once('SIGTERM', () => {
    console.log('asked to end');
    process.exit();
  });
  setInterval(() => undefined, 1000);
  console.log('running');
`;

test.skipIf(process.platform === 'win32')(
  'a script of npm ends when its shell has ended',
  async () => {
    // Because of the second command, the shell does not replace itself with the first.
    const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$SCRIPT"; true'], {
      env: { NODE: process.execPath, SCRIPT: script, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    const output = createInterface({ input: shell.stdout }).on('line', (line) => lines.push(line));
    await once(output, 'line');
    shell.kill('SIGTERM');
    await once(output, 'close');
    expect(lines).toEqual(['running', 'asked to end']);
  },
);
