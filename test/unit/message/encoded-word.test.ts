import { expect, test } from 'vitest';
import { decodeWords } from '../../../electron/message/encoded-word.js';
import { encodeCharset, encodedWord } from '../../support/mailgen.js';

const latin1 = (bytes: Buffer) => bytes.toString('latin1');

test.each([
  ['plain', 'Hello', 'Hello'],
  ['quoted-printable', '=?utf-8?Q?caf=C3=A9_au_lait?=', 'café au lait'],
  ['base64', '=?UTF-8?B?5pel5pys6Kqe?=', '日本語'],
  ['blank between two words is dropped', '=?utf-8?B?5pel?= =?utf-8?B?5pys?=', '日本'],
  ['blank before other text is kept', '=?utf-8?B?5pel?= x', '日 x'],
  ['split inside a character', '=?utf-8?B?5pel5g==?= =?utf-8?B?nKzoqp4=?=', '日本語'],
  ['split inside a character, quoted-printable', '=?utf-8?Q?=E6=97=A5=E6?= =?utf-8?Q?=9C=AC?=', '日本'],
  ['no blank around', 'a=?utf-8?Q?b?=c', 'abc'],
  ['language (RFC 2231)', '=?utf-8*ja?B?5pel?=', '日'],
  ['unknown charset', '=?x-nothing?Q?abc?=', 'abc'],
  ['UTF-7 is not decoded', '=?utf-7?Q?+ADw-script+AD4-?=', '+ADw-script+AD4-'],
  ['unfinished', '=?utf-8?B?5pel', '=?utf-8?B?5pel'],
  ['a line break hidden in it', '=?utf-8?Q?a=0D=0ABcc:_x?=', 'a Bcc: x'],
  ['NUL hidden in it', '=?utf-8?Q?a=00b?=', 'a b'],
  ['ISO-2022-JP', encodedWord('会議のお知らせ', 'iso-2022-jp'), '会議のお知らせ'],
  ['ISO-2022-JP with half-width kana', encodedWord('ﾃﾞｰﾀ会議', 'iso-2022-jp'), 'ﾃﾞｰﾀ会議'],
  ['Shift_JIS with vendor characters', encodedWord('①㈱髙', 'shift_jis'), '①㈱髙'],
  ['EUC-JP', encodedWord('請求書', 'euc-jp'), '請求書'],
  ['raw UTF-8', latin1(Buffer.from('件名は日本語')), '件名は日本語'],
  ['raw Shift_JIS', latin1(encodeCharset('会議の資料について', 'shift_jis')), '会議の資料について'],
  ['raw EUC-JP', latin1(encodeCharset('会議の資料について', 'euc-jp')), '会議の資料について'],
  ['raw ISO-2022-JP', latin1(encodeCharset('会議の資料について', 'iso-2022-jp')), '会議の資料について'],
  ['raw Latin-1', latin1(Buffer.from([0x63, 0x61, 0x66, 0xe9])), 'café'],
])('%s', (_name, value, text) => {
  expect(decodeWords(value)).toBe(text);
});

test('half a megabyte of openings ends quickly', () => {
  expect(decodeWords('=?utf-8?Q?'.repeat(50_000)).length).toBeGreaterThan(0);
});
