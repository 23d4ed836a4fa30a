// The sample's mail: what it must contain, and that its folder never mixes with real settings.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discardHome, makeSampleHome } from '../../../electron/sample/home.js';
import { loadMaildrops } from '../../../electron/sample/maildrops.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'resources', 'sample');
const virus = Buffer.from('WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9', 'latin1');
const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
const all = loadMaildrops(folder).flatMap(({ messages }) => messages);
const count = (pattern: RegExp) => all.filter((bytes) => pattern.test(bytes.toString('latin1'))).length;

test('about forty messages in three maildrops, none left over', () => {
  expect(loadMaildrops(folder).map(({ user }) => user)).toEqual(['ayumi', 'maya', 'all@kumiai.example']);
  expect(all.length).toBe(files.length);
  expect(all.length).toBeGreaterThanOrEqual(40);
});

test('one message carries the test virus, and no file of the checkout does', () => {
  expect(all.filter((bytes) => bytes.includes(virus))).toHaveLength(1);
  for (const name of files) expect([name, readFileSync(join(folder, name)).includes(virus)]).toEqual([name, false]);
});

test.each([
  ['ISO-2022-JP', /charset=ISO-2022-JP[\s\S]*\x1b\$B/, 3],
  ['Shift_JIS', /charset=Shift_JIS/, 1],
  ['EUC-JP', /charset=EUC-JP/, 1],
  ['UTF-8', /charset=UTF-8/i, 10],
  ['HTML with remote images', /<img src=3D"https:/, 1],
  ['an attachment with a Japanese name', /filename\*0?\*?=UTF-8''%E8%A6%8B/, 1],
  ['fetchmail, single-drop', /with POP3 \(fetchmail-6[^)]*\)\n\tfor <[^>]+> \(single-drop\)/, 1],
  ['fetchmail, multi-drop', /\(multi-drop\)/, 1],
  ['a chain of five hops', /(Received: [\s\S]*?){5}From: /, 2],
  ['delivery reports', /report-type=delivery-status/, 4],
  ['a qmail bounce', /This is the qmail-send program/, 1],
  ['an Exim bounce', /X-Failed-Recipients/, 1],
  ["fetchmail's own bounce", /MDA fetchmail forwards to/, 1],
  ['a feedback report', /report-type=feedback-report/, 1],
  ['a vacation reply', /Auto-Submitted: auto-replied \(vacation\)/, 1],
  ['list mail', /^List-Id:/m, 1],
  ['an invitation', /method=REQUEST/, 1],
  ['a contact', /BEGIN:VCARD/, 1],
  ['a signed message', /protocol="application\/pkcs7-signature"/, 1],
  ['a broken header', /this line has no colon/, 1],
])('%s', (_name, pattern, least) => expect(count(pattern)).toBeGreaterThanOrEqual(least));

test('one has no Date, one no body', () => {
  expect(all.filter((bytes) => !/^Date:/im.test(bytes.toString('latin1')))).toHaveLength(1);
  expect(all.filter((bytes) => !bytes.toString('latin1').includes('\n\n'))).toHaveLength(1);
});

test('a folder of its own is made and thrown away; a named one is kept; real settings are refused', async () => {
  const made = makeSampleHome(undefined, {});
  expect(made.throwAway).toBe(true);
  await discardHome(made);
  expect(existsSync(made.folder)).toBe(false);
  const named = mkdtempSync(join(tmpdir(), 'todoku-named-'));
  const kept = makeSampleHome(named, {});
  await discardHome(kept);
  expect(existsSync(named)).toBe(true);
  expect(makeSampleHome(named, {}).folder).toBe(named);
  rmSync(join(named, 'sample'));
  writeFileSync(join(named, 'settings.json'), '{}');
  expect(() => makeSampleHome(named, {})).toThrow(/never mixes/);
  rmSync(named, { recursive: true });
});
