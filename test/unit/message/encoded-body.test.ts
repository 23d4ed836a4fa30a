// Files inside a text: what is whole becomes a file and leaves the text, what is not stays as it stands.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { splitEncoded } from '../../../electron/message/encoded-body.js';
import { readView } from '../../../electron/message/view.js';
import { readPart } from '../../../electron/message/view-part.js';

const folder = mkdtempSync(join(tmpdir(), 'todoku-encoded-'));
afterAll(() => rmSync(folder, { recursive: true }));

function uuencode(bytes: Buffer, name: string): string {
  const character = (value: number) => (value === 0 ? '`' : String.fromCharCode(value + 32));
  const lines = [];
  for (let at = 0; at < bytes.length; at += 45) {
    const chunk = bytes.subarray(at, at + 45);
    let line = character(chunk.length);
    for (let group = 0; group < chunk.length; group += 3) {
      const [a = 0, b = 0, c = 0] = chunk.subarray(group, group + 3);
      line += [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map(character).join('');
    }
    lines.push(line);
  }
  return [`begin 644 ${name}`, ...lines, '`', 'end', ''].join('\n');
}
function yencode(bytes: Buffer, name: string): Buffer {
  const out: number[] = [];
  for (const byte of bytes) {
    const value = (byte + 42) & 255;
    if ([0, 10, 13, 61].includes(value)) out.push(61, (value + 64) & 255);
    else out.push(value);
  }
  const head = `=ybegin line=128 size=${bytes.length} name=${name}\n`;
  return Buffer.concat([
    Buffer.from(head),
    Buffer.from(out),
    Buffer.from(`\n=yend size=${bytes.length} crc32=${crc32(bytes).toString(16)}\n`),
  ]);
}
const every = Buffer.from(Array.from({ length: 700 }, (_, index) => (index * 7) & 255));

test('uuencode, all octets, and the text around it', () => {
  const { text, files } = splitEncoded(`Hello\n${uuencode(every, 'a b.bin')}Bye\n`);
  expect(text).toBe('Hello\nBye\n');
  expect(files.map(({ name, bytes }) => [name, bytes.equals(every)])).toEqual([['a b.bin', true]]);
});
test('uuencode that lost the blanks at the end of its lines', () => {
  const spaced = uuencode(Buffer.alloc(9), 'zero').replaceAll('`', ' ').replace(/ +\n/g, '\n');
  expect(splitEncoded(spaced).files[0]?.bytes).toEqual(Buffer.alloc(9));
});
test('base64 of uuencode -m', () => {
  const { files, text } = splitEncoded(`begin-base64 600 x.txt\n${Buffer.from('cat').toString('base64')}\n====\nafter`);
  expect([files[0]?.bytes.toString(), text]).toEqual(['cat', 'after']);
});
test.each([
  'begin 644 cat.txt\n#0V%T\n`\n',
  'begin 644 cat.txt\nThis is a sentence, which is no uuencode at all, and it is long.\nend\n',
  'begin 9 things\nend\n',
  'we begin 644 cat.txt\n#0V%T\nend\n',
  '=ybegin line=128 size=5 name=a\nabc\n=yend size=5\n',
  '=ybegin line=128 size=3 name=a\nabc\n',
])('what is not whole stays text: %j', (text) => {
  expect(splitEncoded(text)).toEqual({ text, files: [] });
});

test('both are attachments of the pane, and are saved to the octet', async () => {
  const path = join(folder, 'both.eml');
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from('From: a@b.example\nSubject: files\n\nBefore\n'),
      Buffer.from(uuencode(every, '../../etc/run.exe')),
      Buffer.from('Between\n'),
      yencode(every, 'photo.jpg'),
      Buffer.from('After\n'),
    ]),
  );
  const view = await readView(path, null);
  expect(view.text.trim()).toBe('Before\nBetween\nAfter');
  expect(view.attachments.map(({ part, name, octets, executable }) => [part, name, octets, executable])).toEqual([
    ['u1', '.._.._etc_run.exe', 700, true],
    ['u2', 'photo.jpg', 700, false],
  ]);
  for (const part of ['u1', 'u2']) expect(Buffer.from((await readPart(path, part, '', null))?.bytes ?? []).equals(every)).toBe(true);
  expect(await readPart(path, 'u3', '', null)).toBe(null);
});
