// What a link in a message is judged to be.
import { toASCII, toUnicode } from 'node:punycode';
import { describe, expect, test } from 'vitest';
import { claimedHost, judgeLink } from '../../../renderer/link/judge.js';
import { readableHost } from '../../../renderer/link/punycode.js';

describe('judgeLink', () => {
  test.each([
    ['https://example.com/a', 'here', []],
    ['https://example.com/a', 'https://example.com/a', []],
    ['https://www.example.com/', 'example.com', []],
    ['https://evil.example/', 'https://bank.example/', ['mismatch']],
    ['https://evil.example/', 'bank.example', ['mismatch']],
    ['https://bank.example.evil.example/', 'https://bank.example/', ['mismatch']],
    ['https://xn--pple-43d.example/', 'apple', ['international']],
    ['https://bank.example@evil.example/', 'bank', ['credentials']],
    ['http://203.0.113.9/', 'x', ['number', 'plain']],
    ['https://[2001:db8::1]/', 'x', ['number']],
    ['http://example.com/', 'x', ['plain']],
  ])('%s as “%s”: %j', (href, text, doubts) => {
    expect(judgeLink(href, text)?.doubts).toEqual(doubts);
  });

  test.each([
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'smb://a/b',
    'vbscript:x',
    'ftp://a/',
    '/relative',
    '#x',
    '',
    'https://',
  ])('no link: %j', (href) => {
    expect(judgeLink(href, 'x')).toBeNull();
  });

  test('a mailto is mail to its address', () => {
    expect(judgeLink('mailto:ken%40kawa.example?subject=x', 'write')).toMatchObject({ kind: 'mail', host: 'ken@kawa.example' });
    expect(judgeLink('mailto:a%0d%0aBcc:b@c', 'x')).toBeNull();
  });

  test('a name is shown as it pretends to be, and as it is', () => {
    expect(judgeLink('https://xn--eckwd4c7c.example/', 'x')).toMatchObject({ host: 'xn--eckwd4c7c.example', readable: 'ドメイン.example' });
  });
});

describe('claimedHost', () => {
  test.each([
    ['bank.example', 'bank.example'],
    ['  https://bank.example/login ', 'bank.example'],
    ['bank\u200b.example', 'bank.example'],
    ['Click here', null],
    ['someone@bank.example', null],
    ['v1.2', null],
    ['日本.example/x', 'xn--wgv71a.example'],
  ])('%j claims %s', (text, host) => {
    expect(claimedHost(text)).toBe(host);
  });
});

describe('readableHost agrees with the punycode of Node', () => {
  test.each(['日本語.jp', 'bücher.example', 'παράδειγμα.δοκιμή', 'пример.рф', 'a.b-c.d', '☃.net', 'xn-not.example'])('%s', (name) => {
    const host = toASCII(name);
    expect(readableHost(host)).toBe(toUnicode(host));
  });
  test.each(['xn--', 'xn--a-ü', 'xn--99999999999999', 'xn--\u0000'])('%j stays as it is', (host) => {
    expect(() => readableHost(host)).not.toThrow();
  });
});
