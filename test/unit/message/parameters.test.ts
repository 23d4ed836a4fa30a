import { expect, test } from 'vitest';
import { parseParameters } from '../../../electron/message/parameters.js';

test.each([
  ['text/plain; charset=UTF-8', 'charset', 'UTF-8'],
  ['Text/Plain;charset="iso-2022-jp"', 'charset', 'iso-2022-jp'],
  ['multipart/mixed; boundary="a;b=c"', 'boundary', 'a;b=c'],
  ['multipart/mixed; boundary=abc (comment)', 'boundary', 'abc'],
  ["attachment; filename*=utf-8''%E8%B3%87%E6%96%99.pdf", 'filename', '資料.pdf'],
  ["attachment; filename*0*=utf-8''%E8%B3; filename*1*=%87%E6%96%99; filename*2=.pdf", 'filename', '資料.pdf'],
  ['attachment; filename*0="long"; filename*1="name.txt"', 'filename', 'longname.txt'],
  ["attachment; filename*=iso-2022-jp''%1B%24B2q5D%1B%28B.txt", 'filename', '会議.txt'],
  ['attachment; filename="=?utf-8?B?6LOH5paZ?=.pdf"', 'filename', '資料.pdf'],
  ['attachment; filename="a \\"b\\".txt"', 'filename', 'a "b".txt'],
  ['attachment; filename=a b.txt', 'filename', 'a b.txt'],
  ['attachment; filename="unfinished.txt', 'filename', 'unfinished.txt'],
  ['attachment', 'filename', null],
])('%s -> %s', (field, name, value) => {
  expect(parseParameters(field).get(name)).toBe(value);
});

test('the value is lower case and without comments', () => {
  expect(parseParameters('Multipart/MIXED (mixed) ; boundary=x').value).toBe('multipart/mixed');
  expect(parseParameters(null).value).toBe('');
});
