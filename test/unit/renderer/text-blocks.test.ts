// Plain text in paragraphs, quotes and a signature; addresses in it become links and nothing else does.
import { describe, expect, test } from 'vitest';
import { linkPieces, textBlocks } from '../../../renderer/view/reader/blocks.js';

describe('textBlocks', () => {
  test('tells text, quotes and the signature apart', () => {
    expect(textBlocks('Hello\n\n> one\n> > two\n\nBye\n\n-- \nMe\n')).toEqual([
      { kind: 'text', text: 'Hello' },
      { kind: 'quote', depth: 1, text: 'one\n> two', lines: 2 },
      { kind: 'text', text: 'Bye' },
      { kind: 'signature', text: 'Me' },
    ]);
  });
  test('a stored ">From" is not a quotation', () => {
    expect(textBlocks('a\n>From here on')).toEqual([{ kind: 'text', text: 'a\nFrom here on' }]);
  });
  test('reads every kind of line end', () => {
    expect(textBlocks('a\r\nb\rc')).toEqual([{ kind: 'text', text: 'a\nb\nc' }]);
  });
  test('a line of dashes far from the end is no signature', () => {
    expect(textBlocks(`-- \n${'x\n'.repeat(40)}`)).toHaveLength(1);
  });
});

describe('linkPieces', () => {
  const hrefs = (text: string) => linkPieces(text).flatMap(({ href }) => (href === null ? [] : [href]));
  test.each([
    ['see https://a.example/x.', ['https://a.example/x']],
    ['(https://a.example/x_(y))', ['https://a.example/x_(y)']],
    ['「https://a.example/あ」です', ['https://a.example/']],
    ['詳細はhttps://a.example/xをご覧ください。', ['https://a.example/x']],
    ['<https://a.example>', ['https://a.example']],
    ['write to ken@kawa.example, now', ['mailto:ken@kawa.example']],
    ['mailto:a@b.example', ['mailto:a@b.example']],
    ['javascript:alert(1) file:///x ftp://a.example', []],
  ])('%s', (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
    expect(
      linkPieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
