// What a chosen file is taken for.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kindOf } from '../../../renderer/view/welcome/importing.js';

const read = (name: string) => readFileSync(new URL(`../../fixture/import/${name}`, import.meta.url), 'utf8');

it.each([
  ['seed.fetchmailrc', 'fetchmailrc'],
  ['prefs.js', 'thunderbird'],
  ['autoconfig.xml', 'autoconfig'],
  ['mail.mobileconfig', 'mobileconfig'],
  ['mpoprc', 'mpoprc'],
  ['getmailrc', 'getmailrc'],
])('%s, by name and pasted', (name, kind) => {
  expect(kindOf({ name, text: read(name) })).toBe(kind);
  expect(kindOf({ name: null, text: read(name) })).toBe(kind);
});
it('accounts that were exported', () => expect(kindOf({ name: null, text: '{\n  "format": "todoku-accounts",' })).toBe('accounts'));
