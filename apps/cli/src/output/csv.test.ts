import { expect, test } from 'vitest';
import { csvLine } from './csv.js';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['27" screen', '"27"" screen"'],
  ['two\nlines', '"two\nlines"'],
  ['', ''],
  [null, ''],
  [['products:read', 'stock:write'], 'products:read stock:write'],
  [-5, '-5'],
  [0.0001, '0.0001'],
])('%j is the cell %s', (value, cell) => {
  expect(csvLine([value, 'x'])).toBe(`${cell},x\r\n`);
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  // Whoever takes one quote off gets the text again.
  ["'=1", "''=1"],
  ["'quoted'", "'quoted'"],
])('the text %j is not run by a spreadsheet: %s', (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`);
});
