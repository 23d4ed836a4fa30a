// Addresses and headers of message parts: what a message says of itself is not believed (S4, S16, S23).
import { describe, expect, test } from 'vitest';
import { parsePartPath, partHeaders } from '../../../electron/web/part.js';
import { bytesPart } from '../../support/pretend-station.js';

const parse = (path: string) => parsePartPath(new URL(`http://station${path}`));
const address = (part: string, save = false) => ({ message: 'm1', part, save });
const headersOf = (part: string, type: string, name: string | null = null, save = false) =>
  partHeaders(address(part, save), bytesPart(type, 'x', name));

describe('addresses', () => {
  test.each([
    ['/part/m1/html', { message: 'm1', part: 'html', save: false }],
    ['/part/m1/source?save', { message: 'm1', part: 'source', save: true }],
    ['/part/a%2Fb%3A2%2CS/2.1', { message: 'a/b:2,S', part: '2.1', save: false }],
    ['/part/%E5%B1%8A/1', { message: '届', part: '1', save: false }],
  ])('%s', (path, expected) => expect(parse(path)).toEqual(expected));

  test.each([
    '/part',
    '/part/m1',
    '/part/m1/',
    '/part/m1/../secrets.json',
    '/part/m1/..%2f..%2fsecrets.json',
    '/part/m1/%2e%2e',
    '/part/m1/html/extra',
    '/part/m1/htmlx',
    '/part/m1/1.',
    '/part/m1/%00',
    '/part/a%0d%0ab/1',
    '/part/%ff/1',
    `/part/${'a'.repeat(501)}/1`,
    '/parts/m1/1',
  ])('%s is none', (path) => expect(parse(path)).toBeNull());
});

describe('types are forced', () => {
  test.each([
    ['image/png', 'image/png', 'inline'],
    ['IMAGE/JPEG; name=x', 'image/jpeg', 'inline'],
    ['image/svg+xml', 'application/octet-stream', 'attachment'],
    ['text/html', 'application/octet-stream', 'attachment'],
    ['text/javascript', 'application/octet-stream', 'attachment'],
    ['application/pdf', 'application/octet-stream', 'attachment'],
    ['application/x-shockwave-flash', 'application/octet-stream', 'attachment'],
    ['', 'application/octet-stream', 'attachment'],
  ])('a part of %s is served as %s, %s', (said, type, disposition) => {
    const headers = headersOf('2', said);
    expect(headers['Content-Type']).toBe(type);
    expect(headers['Content-Disposition']).toMatch(new RegExp(`^${disposition};`));
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
    expect(headers['Content-Security-Policy']).toContain('sandbox');
  });

  test('the HTML of a message is text: the window cleans it, no address shows it', () => {
    expect(headersOf('html', 'text/html')).toMatchObject({
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    });
  });

  test('the source is text, and a file when it is saved', () => {
    expect(headersOf('source', 'text/html')).toMatchObject({ 'Content-Type': 'text/plain; charset=utf-8' });
    expect(headersOf('source', 'text/html')['Content-Disposition']).toMatch(/^inline/);
    expect(headersOf('source', 'text/html', null, true)['Content-Disposition']).toBe(
      'attachment; filename="message.eml"; filename*=UTF-8\'\'message.eml',
    );
  });
});

describe('file names', () => {
  test.each([
    ['見積書(最終版).pdf', 'attachment; filename="_______.pdf"', '%E8%A6%8B%E7%A9%8D%E6%9B%B8%28'],
    ['../../.bashrc', 'filename="_', '_'],
    ['..', 'filename="_"', "UTF-8''_"],
    ['a\r\nSet-Cookie: x=1', 'filename="a__Set-Cookie_ x=1"', 'a__Set-Cookie'],
    ['C:\\Windows\\x"y.exe', 'filename="C__Windows_x_y.exe"', 'C__Windows_x_y.exe'],
    ['invoice\u202Egnp.exe', 'filename="invoice_gnp.exe"', 'invoice_gnp.exe'],
    ['lone \uD800 half', 'filename="lone _ half"', 'lone%20_%20half'],
  ])('%j', (name, plain, encoded) => {
    const disposition = headersOf('2', 'application/pdf', name)['Content-Disposition'] ?? '';
    expect(disposition).not.toMatch(/[\r\n]|\.\.\/|\u202e/);
    expect(disposition).toContain(encoded);
    if (!name.includes('最終')) expect(disposition).toContain(plain);
  });

  test('a name of 4,000 characters is cut', () => {
    expect((headersOf('2', 'application/pdf', '字'.repeat(4000))['Content-Disposition'] ?? '').length).toBeLessThan(2200);
  });
});
