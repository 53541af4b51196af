import { expect, test } from 'vitest';
import { checkedBaseUrl } from './base-url.js';

test.each(['http://localhost:8080', 'https://example.com/shop/', 'HTTP://[::1]:8080'])(
  '%s is a base URL',
  (url) => {
    expect(checkedBaseUrl(url)).toBe(url);
  },
);

test.each([
  ['localhost:8080', 'must begin with http:// or https://. Did you mean http://localhost:8080?'],
  [
    'example.com/shop',
    'must begin with http:// or https://. Did you mean http://example.com/shop?',
  ],
  ['user:secret@localhost', 'must begin with http:// or https://. For example: http://localhost'],
  ['postgres://user:secret@localhost', 'must begin with http:// or https://. For example'],
  ['user:secret', 'must begin with http:// or https://. For example: http://localhost:8080'],
  ['', 'must begin with http:// or https://. For example: http://localhost:8080'],
  ['http://localhost:secret', 'must be a valid URL. For example: http://localhost:8080'],
  ['http://user:secret@localhost', 'must not contain a user or a password. Send them in a header'],
  ['http://localhost?key=secret', 'must end with its path, without ? or #'],
])('%j is refused with advice', (text, message) => {
  expect(() => checkedBaseUrl(text)).toThrow(message);
  expect(() => checkedBaseUrl(text)).not.toThrow('secret');
});
