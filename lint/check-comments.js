// Checks what Biome does not see in comments: no line is wider than 100 columns, and every
// `@throws` has the form `@throws {SomeError} when …`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const MAX_COLUMNS = 100;
/** The beginning of a line of comment in TypeScript and JavaScript, and in Lua. */
const COMMENT_LINE = /^\s*(\/\/|\/\*|\*|--)/;
const THROWS_FORM = /@throws \{[A-Za-z]+\} when ./;

// A released migration never changes, not even its comments.
const sources = ['*.ts', '*.js', '*.mjs', '*.lua', ':!prisma/migrations', ':!prisma/postgresql'];
const files = execFileSync('git', ['ls-files', ...sources], { encoding: 'utf8' });
const faults = files.split('\n').filter(Boolean).flatMap(faultsOfFile);
for (const fault of faults) {
  process.stderr.write(`${fault}\n`);
}
process.exitCode = faults.length === 0 ? 0 : 1;

/** @param {string} file */
function faultsOfFile(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    return COMMENT_LINE.test(line)
      ? faultsOfComment(line).map((f) => `${file}:${index + 1} ${f}`)
      : [];
  });
}

/** @param {string} line */
function faultsOfComment(line) {
  const faults = [];
  // An address or an instruction to a tool cannot be broken into two lines.
  if (line.length > MAX_COLUMNS && !/:\/\/|biome-ignore/.test(line)) {
    faults.push(`Break this comment: it has ${line.length} columns, at most ${MAX_COLUMNS} fit.`);
  }
  if (line.includes('@throws') && !THROWS_FORM.test(line)) {
    faults.push('Write "@throws {SomeError} when …".');
  }
  return faults;
}
