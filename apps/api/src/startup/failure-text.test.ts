import { DatabaseUrlError } from '@product-api/database';
import { expect, test } from 'vitest';
import { ListenError } from '../http/server/listen.js';
import { failureText } from './failure-text.js';

const PLACE = 'The start of the service';

/** An error as libraries create them, with their arguments in its properties. */
function failureWith(properties: object, cause?: unknown): Error {
  return Object.assign(new Error('it failed', { cause }), properties);
}

test('a fault that the operator can repair is shown by its message alone', () => {
  const error = new DatabaseUrlError();
  expect(failureText(error, PLACE)).toBe(error.message);
});

test('any other error is shown with the place in the first line, and its stack', () => {
  const lines = failureText(failureWith({}), PLACE).split('\n');
  expect(lines[0]).toMatch(/^The start of the service failed for an unexpected reason/);
  expect(lines[1]).toBe('Error: it failed');
  expect(lines[2]).toMatch(/^ +at .*failure-text\.test\.ts/);
});

test('the properties of an error and of its causes are not shown', () => {
  const cause = failureWith({ command: { name: 'auth', args: ['secret'] } });
  const text = failureText(failureWith({ input: 'redis://:secret@host' }, cause), PLACE);
  expect(text).toContain('Caused by: Error: it failed');
  expect(text).not.toContain('secret');
});

test('causes that refer to each other end after five, and a value that is not an error is not shown', () => {
  const error = failureWith({});
  error.cause = error;
  expect(failureText(error, PLACE).match(/Caused by/g)).toHaveLength(5);
  expect(failureText('secret', PLACE)).not.toContain('secret');
});

test.each([
  ['EADDRINUSE', 'Port 80 is in use on cache: stop the other program or set PORT'],
  [
    'EACCES',
    'This user may not listen on port 80 of cache: set PORT to 1024 or higher, or permit it',
  ],
  ['EADDRNOTAVAIL', 'cache is not an address of this machine: set HOST to one of its addresses'],
  ['EAI_AGAIN', 'The host name cache has no address: correct HOST'],
  ['EOTHER', 'Cannot listen on port 80 of cache (EOTHER): check HOST and PORT'],
])('%s is shown with its remedy', (code, text) => {
  const error = new ListenError({ host: 'cache', port: 80 }, failureWith({ code }));
  expect(failureText(error, PLACE)).toContain(text);
});
