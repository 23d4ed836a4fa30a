import { expect, test } from 'vitest';
import { fold, indexWords, phraseOf } from '../../../electron/message/words.js';

test.each([
  ['Hello World', 'hello world'],
  ['ＡＢＣ１２３', 'abc123'],
  ['ｶﾞｷﾞ ﾃﾞｰﾀ', 'ガギ データ'],
  ['Éric MÜLLER', 'eric muller'],
  ['がぎぐ', 'がぎぐ'],
  ['カタカナ', 'カタカナ'],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test.each([
  ['東京都', '東京 京都 都'],
  ['会議', '会議 議'],
  ['会', '会'],
  ['会議ABC資料', '会議 議 abc 資料 料'],
  ['Hello, 世界!', 'hello 世界 界'],
  ['taro@example.co.jp', 'taro example co jp'],
  ['データ', 'デー ータ タ'],
  ['会\n議', '会議 議'],
  ['one\ntwo', 'one two'],
  ['한국어', '한국 국어 어'],
  ['', ''],
  ['😀 -- !!', ''],
])('%j is indexed as %j', (text, words) => {
  expect(indexWords(text)).toBe(words);
});

test.each([
  ['meet', true, { words: ['meet'], open: true }],
  ['meet', false, { words: ['meet'], open: false }],
  ['東京都', true, { words: ['東京', '京都'], open: false }],
  ['東京都', false, { words: ['東京', '京都'], open: false }],
  ['会', true, { words: ['会'], open: true }],
  ['会議ABC', true, { words: ['会議', '議', 'abc'], open: true }],
  ['ABC会議', true, { words: ['abc', '会議'], open: false }],
  ['会 議', false, { words: ['会', '議'], open: true }],
  ['!!', true, null],
])('%j (open %s) is looked for as %j', (text, open, phrase) => {
  expect(phraseOf(text, open)).toEqual(phrase);
});
