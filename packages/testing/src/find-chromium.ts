import { join } from 'node:path';
import { testEnvironment } from './environment.js';
import { findProgram, firstExecutable } from './find-program.js';
import { MissingProgramError } from './missing-program-error.js';

/**
 * The path of a browser of the Chromium family: the one that CHROMIUM_PATH or CHROME_PATH names,
 * else the first on the PATH, else the first in its usual place on macOS or Windows.
 *
 * @throws MissingProgramError when there is none; the `provision` task can install it.
 */
export async function findChromium(): Promise<string> {
  const { chromiumPath, programFolders } = testEnvironment();
  const found =
    chromiumPath ??
    (await findProgram(namesOnPath)) ??
    (await firstExecutable([...placesOnMacos, ...placesOnWindows(programFolders)]));
  if (found === undefined) {
    throw new MissingProgramError('Chromium', {
      debian: 'apt-get install chromium',
      macos: 'brew install --cask chromium',
      setting: 'CHROMIUM_PATH',
      need: 'browser',
    });
  }
  return found;
}

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const placesOnMacos = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

function placesOnWindows(programFolders: readonly string[]): string[] {
  return programFolders.flatMap((folder) => [
    join(folder, 'Chromium', 'Application', 'chrome.exe'),
    join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ]);
}
