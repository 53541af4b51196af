import { describe, expect, test } from 'vitest';
import { readConfig } from './config.js';

const read = (CORS_ORIGINS: string) => readConfig({ CORS_ORIGINS }).CORS_ORIGINS;

describe('CORS_ORIGINS', () => {
  test.each([
    ['', []],
    [' , ', []],
    ['*', '*'],
    [' * ', '*'],
    ['https://shop.example', ['https://shop.example']],
    ['https://a.example,http://b.example:3000', ['https://a.example', 'http://b.example:3000']],
    [' https://a.example , , https://b.example, ', ['https://a.example', 'https://b.example']],
    ['HTTPS://Shop.Example', ['https://shop.example']],
    ['https://shop.example/', ['https://shop.example']],
    ['https://shop.example:443', ['https://shop.example']],
    ['http://shop.example:80/', ['http://shop.example']],
    ['http://shop.example:443', ['http://shop.example:443']],
    ['http://shop.example:08080', ['http://shop.example:8080']],
    ['http://localhost:5173', ['http://localhost:5173']],
    ['http://127.0.0.1:3000', ['http://127.0.0.1:3000']],
    ['http://[::1]:3000', ['http://[::1]:3000']],
    ['http://[0:0:0:0:0:0:0:1]', ['http://[::1]']],
    ['https://bücher.example', ['https://xn--bcher-kva.example']],
    ['https://BÜCHER.example/', ['https://xn--bcher-kva.example']],
    ['https://a.example, https://A.example:443/', ['https://a.example']],
    ['capacitor://localhost', ['capacitor://localhost']],
    ['chrome-extension://abcdef/', ['chrome-extension://abcdef']],
  ])('%j is read as %j', (text, origins) => {
    expect(read(text)).toEqual(origins);
  });

  test.each([
    ['shop.example', 'shop.example must begin with https:// or http://'],
    ['localhost:3000', 'localhost:3000 must begin with https:// or http://'],
    ['//shop.example', '//shop.example must begin with https:// or http://'],
    ['https:/shop.example', 'https:/shop.example must begin with https:// or http://'],
    ['https:shop.example', 'https:shop.example must begin with https:// or http://'],
    ['"https://shop.example"', '"https://shop.example" must begin with https:// or http://'],
    ['file:///tmp/page.html', 'file:///tmp/page.html must begin with https:// or http://'],
    ['ws://shop.example', 'ws://shop.example must begin with https:// or http://'],
    ['https://shop.example/app', 'https://shop.example/app must have no path'],
    ['https://shop.example//', 'https://shop.example// must have no path'],
    ['https://shop.example/?', 'https://shop.example/? must have no path'],
    ['https://shop.example?a=1', 'https://shop.example?a=1 must have no path'],
    ['https://shop.example#top', 'https://shop.example#top must have no path'],
    ['https://shop.example\\', 'https://shop.example\\ must have no path'],
    ['null', 'null is the origin of sandboxed frames'],
    ['https://*.shop.example', 'https://*.shop.example must not contain *'],
    ['https://*', 'https://* must not contain *'],
    ['https://a.example, *', '* allows every origin, so it must be alone'],
    ['*, *', '* allows every origin, so it must be alone'],
    ['https://a.example https://b.example', 'must be separated from the next origin by a comma'],
    ['https://', 'https:// must have a valid host'],
    ['https:///', 'https:/// must have a valid host'],
    ['https://shop.example:99999', 'https://shop.example:99999 must have a valid host'],
    ['https://shop.example:a', 'https://shop.example:a must have a valid host'],
    ['https://[::1', 'https://[::1 must have a valid host'],
    ['https://a<b', 'https://a<b must have a valid host'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(`CORS_ORIGINS: ${message.startsWith('must') ? '' : message}`);
    expect(() => read(text)).toThrow(message);
  });

  test('every invalid entry is reported with its remedy', () => {
    expect(() => read('https://a.example/x, b.example, https://c.example')).toThrow(
      /CORS_ORIGINS: https:\/\/a\.example\/x .*\n {2}CORS_ORIGINS: b\.example /,
    );
  });

  test.each([
    ['https://user:secret,more@shop.example', /CORS_ORIGINS: https:\/\/… must/],
    ['https://user:p@secret,more@shop.example', /CORS_ORIGINS: https:\/\/… must/],
    ['https://user:p,secret@more@shop.example', /CORS_ORIGINS: https:\/\/… must/],
    ['https://user:secret://more@shop.example', /CORS_ORIGINS: https:\/\/…@shop\.example must/],
    ['https://shop.example:0', /must have a valid host/],
  ])('no part of the password in %s is shown', (text, shown) => {
    expect(() => read(text)).toThrow(shown);
    expect(() => read(text)).not.toThrow('secret');
  });

  test.each(['https://user:secret@shop.example', 'user:secret@shop.example'])(
    'the password in %s is not shown',
    (text) => {
      expect(() => read(text)).toThrow(/CORS_ORIGINS: (https:\/\/)?…@shop\.example must/);
      expect(() => read(text)).not.toThrow('secret');
    },
  );
});
