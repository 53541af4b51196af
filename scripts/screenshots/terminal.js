import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from '../repository.js';

/** The command lines of the picture. */
const commandLines = [
  'catalog products list --in-stock --sort -price',
  'catalog products update $ID --price 999 --stock 12',
  "catalog products create --name '' --price -5 --stock 3",
];

const style = `
  body { margin: 0; }
  pre { display: inline-block; margin: 0; padding: 16px 20px; background: #0d1117; color: #d6dde6;
        font: 13px/1.5 'DejaVu Sans Mono', 'Liberation Mono', monospace; }
  b { color: #7ee787; font-weight: normal; }
`;

/**
 * Runs commands of the catalog, and shows them and their output like a terminal of 120 columns.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} baseUrl
 * @param {string} id the product that `$ID` stands for
 * @returns {Promise<import('playwright-core').Locator>} the terminal
 */
export async function showTerminal(page, baseUrl, id) {
  const env = { ...process.env, CATALOG_URL: baseUrl, ID: id };
  let session = '';
  for (const line of commandLines) {
    session += `<b>$</b> ${escaped(line)}\n${escaped(await output(line, env))}\n`;
  }
  await page.setContent(`<style>${style}</style><pre>${session.trimEnd()}</pre>`);
  return page.locator('pre');
}

/**
 * Runs a command line in a shell, and returns what it writes to both of its streams.
 *
 * @param {string} line
 * @param {NodeJS.ProcessEnv} env
 */
async function output(line, env) {
  const PATH = `${join(repository, 'bin')}:${process.env['PATH']}`;
  const shell = spawn('sh', ['-c', `${line} 2>&1`], { env: { ...env, PATH } });
  return text(shell.stdout);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
