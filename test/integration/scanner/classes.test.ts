// Every class of verdict by a real clamd with our own configuration, from a file that is of that class: and the word that the
// delivered message's X-Virus-Status says of it.
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { virusStatus } from '../../../electron/message/stamp.js';
import { scannerSettings } from '../../../shared/settings.js';
import { testSignatures } from '../../support/clamd.js';
import { workbook } from '../../support/ole.js';
import { mailWith, nestedMail, text, zipOf } from '../../support/samples.js';
import { eicar, type TestScanner, testScanner } from '../../support/scanner.js';

const streamLimit = 4_000_000;
const toolbar = 'a toolbar that nobody asked for';
let database: string;
let made: TestScanner;
beforeAll(async () => {
  database = await mkdtemp(join(tmpdir(), 'todoku-classes-'));
  for (const name of await readdir(testSignatures)) await copyFile(join(testSignatures, name), join(database, name));
  // Whose links are looked at for another address behind them; and something merely unwanted.
  await writeFile(join(database, 'test.pdb'), 'H:bank.example\n');
  await writeFile(join(database, 'test.ndu'), `PUA.Test.Toolbar:0:*:${Buffer.from(toolbar).toString('hex')}\n`);
  made = await testScanner({ clamd: 'auto', database, streamLimit });
  await made.scanner.ready();
});
afterAll(async () => {
  await made.close();
  await rm(database, { recursive: true });
});

const page = (shown: string, real: string) =>
  text(
    'From: a@example.com',
    'Subject: your account',
    'MIME-Version: 1.0',
    'Content-Type: text/html',
    '',
    `<html><body><a href="http://${real}/login">http://${shown}/login</a></body></html>`,
  );

interface Row {
  readonly name: string;
  readonly make: () => Buffer | Promise<Buffer>;
  readonly kind: string;
  readonly signature: string | null;
  readonly says: string;
}
const rows: readonly Row[] = [
  {
    name: 'a macro sheet',
    make: () => mailWith(workbook(true), 'a.xls'),
    kind: 'macro',
    signature: 'Heuristics.OLE2.ContainsMacros.XLM',
    says: 'Suspicious',
  },
  { name: 'the same without macros', make: () => mailWith(workbook(false), 'a.xls'), kind: 'clean', signature: null, says: 'Clean' },
  {
    name: 'a macro sheet in a zip',
    make: async () => mailWith(await zipOf(workbook(true)), 'a.zip'),
    kind: 'macro',
    signature: 'Heuristics.OLE2.ContainsMacros.XLM',
    says: 'Suspicious',
  },
  {
    name: 'a link that shows another host',
    make: () => page('www.bank.example', 'thief.example'),
    kind: 'phishing',
    signature: 'Heuristics.Phishing.Email.SpoofedDomain',
    says: 'Suspicious',
  },
  {
    name: 'a link that shows its host',
    make: () => page('www.bank.example', 'www.bank.example'),
    kind: 'clean',
    signature: null,
    says: 'Clean',
  },
  {
    name: 'something unwanted',
    make: () => mailWith(Buffer.from(toolbar)),
    kind: 'unwanted',
    signature: 'PUA.Test.Toolbar.UNOFFICIAL',
    says: 'Suspicious',
  },
  {
    name: 'a zip with a password',
    make: async () => mailWith(await zipOf(Buffer.from('x'), 'x'), 'a.zip'),
    kind: 'encrypted',
    signature: 'Heuristics.Encrypted.Zip',
    says: 'Suspicious',
  },
  {
    name: '50 levels of mail',
    make: () => nestedMail(mailWith(Buffer.from('nothing')), 50),
    kind: 'limits',
    signature: 'Heuristics.Limits.Exceeded.MaxRecursion',
    says: 'Suspicious',
  },
  {
    name: 'a macro sheet and the test virus',
    make: async () => Buffer.concat([mailWith(workbook(true), 'a.xls'), mailWith(Buffer.from(eicar))]),
    kind: 'infected',
    signature: 'Eicar-Test-Signature.UNOFFICIAL',
    says: 'Infected',
  },
  {
    name: 'larger than the limit',
    make: () => Buffer.alloc(streamLimit + 1, 'x\n'),
    kind: 'unscannable',
    signature: null,
    says: 'Unscannable',
  },
];
it.each(rows)('$name is $kind', async ({ make, kind, signature, says }) => {
  const bytes = await make();
  const { verdict } = await made.scanner.scan(bytes, bytes.length);
  const named = 'signatures' in verdict ? verdict.signatures : [];
  expect({ kind: verdict.kind === 'suspicious' ? verdict.class : verdict.kind, named }).toEqual({
    kind,
    named: signature === null ? [] : [signature],
  });
  expect(virusStatus(verdict)).toContain(says);
});

it('the test virus below any number of levels of mail is found, or the limit is said', async () => {
  const words: string[] = [];
  for (let levels = 1; levels <= 60; levels += 1) {
    const bytes = nestedMail(mailWith(Buffer.from(eicar)), levels);
    const { verdict } = await made.scanner.scan(bytes, bytes.length);
    words.push(verdict.kind === 'suspicious' ? verdict.class : verdict.kind);
  }
  console.log(`levels of mail: ${words.map((word, index) => `${index + 1} ${word}`).join(', ')}`);
  expect(words.filter((word) => word !== 'infected' && word !== 'limits')).toEqual([]);
});

it('unwanted is not looked for where nothing is done about it', async () => {
  const settings = scannerSettings.parse({ clamd: 'auto', database, streamLimit });
  await made.scanner.configure({ ...settings, actions: { ...settings.actions, unwanted: 'deliver' } });
  await made.scanner.ready();
  const bytes = mailWith(Buffer.from(toolbar));
  expect((await made.scanner.scan(bytes, bytes.length)).verdict).toEqual({ kind: 'clean' });
});
