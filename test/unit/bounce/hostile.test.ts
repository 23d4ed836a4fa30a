// Whatever arrives is read in time that grows with its length, and never throws.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBounce } from '../../../electron/bounce/bounce.js';

const folder = join(import.meta.dirname, '../../fixture/bounce/maker');
const fixtures = readdirSync(folder).filter((file) => file.endsWith('.eml'));
const whole = (file: string): Buffer => readFileSync(join(folder, file));

const cut = fc.record({
  file: fc.constantFrom(...fixtures),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constantFrom('\n\n', '--', '\0', '<>@', '\r', '=?utf-8?b?', '(((', '>').map((text) => Buffer.from(text)),
  ),
  repeat: fc.integer({ min: 1, max: 500 }),
});

test('fixtures cut, joined and stuffed with anything', () => {
  fc.assert(
    fc.property(cut, ({ file, from, to, insert, repeat }) => {
      const bytes = whole(file);
      const [head, tail] = [bytes.subarray(0, Math.floor(from * bytes.length)), bytes.subarray(Math.floor(to * bytes.length))];
      const report = readBounce(Buffer.concat([head, ...Array.from({ length: repeat }, () => insert), tail]));
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      if (report.kind === null) expect(report.recipients).toEqual([]);
    }),
    { numRuns: 400 },
  );
}, 60_000);

const head = 'Return-Path: <>\nFrom: MAILER-DAEMON@far.test\nTo: a@home.test\nSubject: Undeliverable\n';
test.each([
  ['at signs', `${head}\n${'a@'.repeat(300_000)}`],
  ['parentheses', `${head}\n${'('.repeat(400_000)}`],
  ['lines that look like failures', `${head}\n${'could not be delivered to b@far.test\n'.repeat(50_000)}`],
  ['open tags', `${head}Content-Type: text/html\n\n${'<script>'.repeat(60_000)}`],
  ['soft line breaks', `${head}Content-Transfer-Encoding: quoted-printable\n\n${' '.repeat(500_000)}=`],
  ['boundaries', `${head}Content-Type: multipart/report; boundary=x\n\n${'--x\n'.repeat(300_000)}`],
  ['nesting', `${head}Content-Type: multipart/mixed; boundary=x\n\n${'--x\nContent-Type: multipart/mixed; boundary=x\n\n'.repeat(20_000)}`],
  [
    'recipients',
    `${head}Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n${'Final-Recipient: rfc822; a@far.test\nAction: failed\n\n'.repeat(40_000)}`,
  ],
  ['encoded words', `${head.replace('Undeliverable', '=?utf-8?q?a?= '.repeat(50_000))}\nbody`],
  ['header lines', `${'X: y\n'.repeat(300_000)}${head}\n`],
])(
  '%s without end are read to a limit',
  (_name, text) => {
    expect(readBounce(Buffer.from(text)).recipients.length).toBeLessThanOrEqual(1000);
  },
  5000,
);
