import { expect, test } from 'vitest';
import { parseAddresses } from '../../../electron/message/addresses.js';

const short = (value: string) => parseAddresses(value).map(({ name, address }) => `${name}|${address}`);

test.each([
  ['a@b.c', ['|a@b.c']],
  ['Alice <a@b.c>', ['Alice|a@b.c']],
  ['"Adams, Alice" <a@b.c>, bob@x', ['Adams, Alice|a@b.c', '|bob@x']],
  ['"say \\"hi\\"" <a@b.c>', ['say "hi"|a@b.c']],
  ['a@b.c (Alice)', ['Alice|a@b.c']],
  ['<a@b.c> (Alice)', ['Alice|a@b.c']],
  ['=?utf-8?B?55Sw5Lit?= <t@e.jp>', ['田中|t@e.jp']],
  ['"=?utf-8?B?55Sw5Lit?=" <t@e.jp>', ['田中|t@e.jp']],
  ['Friends: a@b.c, Bob <b@c.d>;, z@z', ['|a@b.c', 'Bob|b@c.d', '|z@z']],
  ['undisclosed-recipients:;', []],
  ['<@relay,@other:a@b.c>', ['|a@b.c']],
  ['Unfinished <a@b.c', ['Unfinished|a@b.c']],
  ['mail delivery system', ['mail delivery system|']],
  ['MAILER-DAEMON', ['|MAILER-DAEMON']],
  ['a@b.c;d@e.f', ['|a@b.c', '|d@e.f']],
  ['"no end <a@b.c>', ['"no end|a@b.c']],
  ['<>', []],
  ['', []],
])('%j', (value, expected) => {
  expect(short(value)).toEqual(expected);
});

test('a list of 100,000 addresses is cut', () => {
  expect(parseAddresses('a@b.c,'.repeat(100_000)).length).toBeLessThanOrEqual(500);
});
