// What a mail may make the station ask for: addresses as they are written to fool a check, each seen as the URL parser sees it.
import { expect, test } from 'vitest';
import { bitmapType } from '../../../electron/remote/bitmap.js';
import { remoteLimits } from '../../../electron/remote/limits.js';
import { isPublicAddress, webAddress } from '../../../electron/remote/public.js';
import { onePixel } from '../../support/image-host.js';

const inside = `127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1
  192.0.0.8 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0
  fec0::1 ff02::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1::1 3fff::1 4000::1 localhost example.com 127.1 1.2.3 ''`.split(/\s+/);

test.each(inside)('%s is not on the open network', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(
  '8.8.8.8 1.1.1.1 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 2606:4700::1111 2a00:1450:4001::1 2001:4860:4860::8888'.split(
    ' ',
  ),
)('%s is', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

/** The host is what is left of these once parsed, so no spelling of the loopback gets by. */
test.each([
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://127.0.0.1./',
  'http://①②⑦.0.0.1/',
  'http://[::ffff:127.0.0.1]/',
  'http://[0:0:0:0:0:ffff:7f00:1]/',
  'http://[::]/',
])('%s is the loopback by another name', (address) => {
  const host = webAddress(address, remoteLimits.address)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  expect(host).toMatch(/^(127\.0\.0\.1|::ffff:7f00:1|::)$/);
  expect(isPublicAddress(host)).toBe(false);
});

test.each([
  'ftp://img.example/a.png',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  'javascript:alert(1)',
  'gopher://img.example/',
  'ws://img.example/',
  'http://user@img.example/a.png',
  'http://user:pass@img.example/a.png',
  'http://img.example:25/',
  'https://img.example:22/',
  'http://img.example:445/',
  'http:///a.png',
  '//img.example/a.png',
  '/a.png',
  '',
  `http://img.example/${'a'.repeat(remoteLimits.address)}`,
])('%s is no web address', (address) => {
  const url = webAddress(address, remoteLimits.address);
  expect(url === null || url.hostname === 'a.png').toBe(true);
});

test('a bitmap is known by its content', () => {
  const text = (value: string) => Buffer.from(value, 'latin1');
  expect(bitmapType(onePixel)).toBe('image/png');
  expect(bitmapType(text('\xff\xd8\xff\xe0JFIF'))).toBe('image/jpeg');
  expect(bitmapType(text('GIF89a...'))).toBe('image/gif');
  expect(bitmapType(text('RIFF\0\0\0\0WEBPVP8 '))).toBe('image/webp');
  for (const other of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html>',
    'RIFF\0\0\0\0WAVE',
    'BM',
    '\0\0\x01\0',
    '',
    'GIF8',
    '\x89PNG',
  ])
    expect([other, bitmapType(text(other))]).toEqual([other, null]);
});
