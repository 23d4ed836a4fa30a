// What a real clamd says of what mail may carry, through our own way to it. The table is printed and pinned:
// nothing that was not scanned to the bottom may be called clean.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verdict } from '../../../shared/verdict.js';
import { testSignatures } from '../../support/clamd.js';
import { mailWith, nestedMail, text, zipNest, zipOf } from '../../support/samples.js';
import { eicar, type TestScanner, testScanner } from '../../support/scanner.js';

const testFiles = '/usr/share/clamav-testfiles';
const streamLimit = 8_000_000;
const virus = Buffer.from(eicar, 'latin1');
const plain = text('From: a@example.com', 'Subject: hello', '', 'hello');

let made: TestScanner;
beforeAll(async () => {
  made = await testScanner({ clamd: 'auto', database: testSignatures, streamLimit });
  await made.scanner.ready();
});
afterAll(() => made.close());

interface Row {
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
  readonly expected: string;
}
const found = 'infected Eicar-Test-Signature';
const limits = (which: string) => `suspicious limits Heuristics.Limits.Exceeded.${which}`;

const rows: readonly Row[] = [
  { name: 'a plain message', make: () => plain, expected: 'clean' },
  { name: 'a message of no octets', make: () => Buffer.alloc(0), expected: 'clean' },
  { name: 'EICAR as the text', make: () => text('From: a@example.com', 'Subject: x', '', eicar), expected: found },
  { name: 'EICAR in base64', make: () => mailWith(virus), expected: found },
  { name: 'EICAR in base64, first header ARC-Seal', make: () => mailWith(virus, 'f', 'ARC-Seal: i=1; cv=none'), expected: found },
  {
    name: 'EICAR in base64, first header Authentication-Results',
    make: () => mailWith(virus, 'f', 'Authentication-Results: mx.example.com; spf=pass'),
    expected: found,
  },
  { name: 'EICAR in base64, first header Foo', make: () => mailWith(virus, 'f', 'Foo: bar'), expected: found },
  { name: 'EICAR in base64, first line >From', make: () => mailWith(virus, 'f', '>From x Mon Jan  1 00:00:00 2026'), expected: found },
  { name: 'EICAR in base64, first line no header', make: () => mailWith(virus, 'f', 'no colon here'), expected: found },
  {
    name: 'EICAR in base64 after a UTF-8 BOM',
    make: () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), mailWith(virus)]),
    expected: found,
  },
  { name: 'EICAR in base64 after an empty line', make: () => Buffer.concat([text(''), mailWith(virus)]), expected: found },
  {
    name: 'EICAR in base64, CRLF',
    make: () => Buffer.from(mailWith(virus).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
    expected: found,
  },
  { name: 'EICAR in a zip', make: async () => mailWith(await zipOf(virus), 'a.zip'), expected: found },
  { name: 'EICAR in a zip in a zip in a zip', make: async () => mailWith(await zipNest(virus, 3), 'a.zip'), expected: found },
  { name: 'EICAR in a mail in a mail in a mail', make: () => nestedMail(mailWith(virus), 3), expected: found },
  { name: 'EICAR below 50 levels of MIME', make: () => nestedMail(mailWith(virus), 50), expected: limits('MaxRecursion') },
  { name: 'EICAR below 60 levels of zip', make: async () => mailWith(await zipNest(virus, 60), 'a.zip'), expected: limits('MaxRecursion') },
  {
    name: 'EICAR in a zip behind 60 MB of nothing',
    make: async () => mailWith(await zipOf(Buffer.concat([Buffer.alloc(60_000_000), virus])), 'a.zip'),
    expected: limits('MaxScanSize'),
  },
  {
    name: 'EICAR in a zip behind 20 MB of nothing',
    make: async () => mailWith(await zipOf(Buffer.concat([Buffer.alloc(20_000_000), virus])), 'a.zip'),
    expected: found,
  },
  {
    name: 'a zip bomb (60 MB of nothing)',
    make: async () => mailWith(await zipOf(Buffer.alloc(60_000_000)), 'a.zip'),
    expected: limits('MaxScanSize'),
  },
  {
    name: 'a zip with a password (AES)',
    make: async () => mailWith(await zipOf(virus, 'x'), 'a.zip'),
    expected: 'suspicious encrypted Heuristics.Encrypted.Zip',
  },
  {
    name: 'a zip with a password (ZipCrypto)',
    make: async () => mailWith(await zipOf(virus, 'x', true), 'a.zip'),
    expected: 'suspicious encrypted Heuristics.Encrypted.Zip',
  },
  {
    name: 'as large as the limit',
    make: () => Buffer.concat([plain, Buffer.alloc(streamLimit - plain.length, `${'x'.repeat(75)}\n`)]),
    expected: 'clean',
  },
  { name: 'one octet larger than the limit', make: () => Buffer.alloc(streamLimit + 1, 'x\n'), expected: 'unscannable' },
];

const printed: string[] = [];
afterAll(() => console.log(printed.join('\n')));

for (const row of rows) {
  it(row.name, async () => {
    const bytes = await row.make();
    const { verdict } = await made.scanner.scan(bytes, bytes.length);
    printed.push(`${row.name.padEnd(60)} ${words(verdict)}`);
    expect(words(verdict)).toBe(row.expected);
  });
}

it('every one of ClamAV’s test files, as a file and as an attachment, is infected', async () => {
  const names = readdirSync(testFiles);
  expect(names.length).toBe(44);
  for (const name of names) {
    const bytes = readFileSync(join(testFiles, name));
    const asFile = words((await made.scanner.scanFile(bytes, bytes.length)).verdict);
    const mail = mailWith(bytes, name);
    const asMail = words((await made.scanner.scan(mail, mail.length)).verdict);
    printed.push(`${name.padEnd(60)} ${asFile} / ${asMail}`);
    expect({ name, asFile, asMail }).toEqual({ name, asFile: 'infected ClamAV-Test-File', asMail: 'infected ClamAV-Test-File' });
  }
});

function words(verdict: Verdict): string {
  if (verdict.kind === 'infected') return `infected ${named(verdict.signatures)}`;
  if (verdict.kind === 'suspicious') return `suspicious ${verdict.class} ${named(verdict.signatures)}`;
  return verdict.kind;
}

function named(signatures: readonly string[]): string {
  return signatures.map((name) => name.replace(/\.UNOFFICIAL$/, '')).join(', ');
}
