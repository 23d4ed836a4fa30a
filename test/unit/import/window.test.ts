// Imports as the window asks for them: every kind by its text, accounts written and read back without secrets, and every line
// of every preview in Japanese.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeAccounts } from '../../../electron/import/accounts-file.js';
import { importDovecot } from '../../../electron/import/dovecot.js';
import { globalFates, optionFates } from '../../../electron/import/fetchmailrc-fate.js';
import { importPostfix } from '../../../electron/import/postfix.js';
import { importCalls } from '../../../electron/station/import-calls.js';
import { type WindowImport, windowImports } from '../../../shared/contract.js';
import { hasJapanese, sayTaken, sayWhy } from '../../../shared/import-text.js';
import { type Settings, settings as schema } from '../../../shared/settings.js';

const folder = new URL('../../fixture/import/', import.meta.url).pathname;
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
const fixtures: Readonly<Record<Exclude<WindowImport, 'accounts'>, string>> = {
  fetchmailrc: 'seed.fetchmailrc',
  thunderbird: 'prefs.js',
  autoconfig: 'autoconfig.xml',
  mobileconfig: 'mail.mobileconfig',
  mpoprc: 'mpoprc',
  getmailrc: 'getmailrc',
};

function station() {
  const secrets: Record<string, string> = {};
  let current = schema.parse({});
  const calls = importCalls({
    settings: {
      read: () => current,
      update: async (change: (settings: Settings) => Settings) => {
        current = schema.parse(change(current));
        return current;
      },
    },
    secret: 'keyring',
    storeSecret: async ({ id }, secret) => {
      secrets[id] = secret;
    },
  });
  return { calls, secrets, accounts: () => current.accounts };
}

describe.each(Object.entries(fixtures) as [WindowImport, string][])('%s', (kind, name) => {
  const given = { kind, text: read(name), address: 'ken@example.com' };
  it('a preview changes nothing; applied twice it is there once, and no password is in any answer', async () => {
    const { calls, accounts, secrets } = station();
    const preview = await calls['import.preview'](given);
    expect(accounts()).toEqual([]);
    expect(preview.accounts.length).toBeGreaterThan(0);
    expect(preview.taken.length).toBeGreaterThan(0);
    await calls['import.apply'](given);
    const once = accounts();
    await calls['import.apply'](given);
    expect(accounts()).toEqual(once);
    for (const secret of Object.values(secrets)) expect(JSON.stringify(preview)).not.toContain(secret);
  });
  it('each line has its Japanese, and the file’s own words stay', async () => {
    const { taken, notTaken } = await station().calls['import.preview'](given);
    expect(
      taken.filter(
        (line) => sayTaken(line, 'ja').replace(/^\d+ 行目: /, '') === line.replace(/^line \d+: /, '') && !/: (POP3|IMAP)$/.test(line),
      ),
    ).toEqual([]);
    expect(notTaken.map(({ why }) => why).filter((why) => !hasJapanese(why))).toEqual([]);
    expect([sayTaken(taken[0] ?? '', 'en'), sayWhy(notTaken[0]?.why ?? '', 'en')]).toEqual([taken[0] ?? '', notTaken[0]?.why ?? '']);
  });
});

it('every fate of every fetchmail option has its Japanese', () => {
  const missing = new Set<string>();
  const judge = (fate: ReturnType<(typeof optionFates)['keep']>) => {
    const said = 'why' in fate ? fate.why : fate.taken;
    if (!hasJapanese(said)) missing.add(said);
  };
  for (const relay of [false, true])
    for (const multidrop of [false, true])
      for (const protocol of ['pop3', 'imap'] as const)
        for (const on of [false, true])
          for (const value of [
            '',
            'pop3',
            'apop',
            'sdps',
            'auto',
            'etrn',
            'any',
            'password',
            'kerberos',
            'accept',
            'ssl3',
            '550',
            '-1',
            '60',
          ])
            for (const values of [[value], [value, 'second']]) {
              const circumstances = { protocol, multidrop, relay, ssl: on };
              for (const name of Object.keys(optionFates) as (keyof typeof optionFates)[])
                judge(optionFates[name]({ name, on, values, line: 1 }, circumstances));
              for (const name of Object.keys(globalFates) as (keyof typeof globalFates)[])
                judge(globalFates[name]({ name, on, values, line: 1 }, circumstances));
            }
  expect([...missing]).toEqual([]);
});

it('Postfix and Dovecot have their Japanese too', () => {
  const files = {
    read: (path: string) =>
      path.startsWith(folder) && existsSync(path)
        ? readFileSync(path, 'utf8')
        : path.endsWith('/vmailbox')
          ? 'a@example.com a/\nb@example.com mbox'
          : null,
    list: () => [],
    isFolder: () => false,
  };
  const found = [
    importPostfix(read('postfix/main.cf'), files),
    importDovecot(read('dovecot/dovecot.conf'), `${folder}dovecot/dovecot.conf`, files),
  ];
  for (const { taken, notTaken } of found) {
    expect(notTaken.map(({ why }) => why).filter((why) => !hasJapanese(why))).toEqual([]);
    const plain = taken.filter((line) => sayTaken(line, 'ja').replace(/^\d+ 行目: /, '') === line.replace(/^line \d+: /, ''));
    // A list of domains is the file's own.
    expect(plain.filter((line) => !line.includes('_domains: '))).toEqual([]);
  }
});

it('accounts that were exported are imported again, and ask for their passwords', async () => {
  const from = station();
  await from.calls['import.apply']({ kind: 'mpoprc', text: read('mpoprc'), address: null });
  const text = writeAccounts(from.accounts());
  expect(text).not.toContain('geheim');
  const to = station();
  const preview = await to.calls['import.apply']({ kind: 'accounts', text, address: null });
  expect(to.accounts()).toEqual(from.accounts());
  expect(preview.notTaken.map(({ text: name, why }) => [name, sayWhy(why, 'ja')])).toEqual([
    ['work', '秘密の情報は書き出されません。パスワードは後でたずねます'],
  ]);
});

it.each(['', '{}', '[]', 'hello', '{"format":"todoku-accounts","version":2,"accounts":[]}'])('%j is no file of accounts', async (text) => {
  await expect(station().calls['import.preview']({ kind: 'accounts', text, address: null })).rejects.toMatchObject({
    code: text.includes('version') ? 'settings-newer' : 'usage',
  });
});

it('what an account may not be is said, and the others are taken', async () => {
  const text = JSON.stringify({ format: 'todoku-accounts', version: 1, accounts: [{ id: 'x' }] });
  const { accounts, notTaken } = await station().calls['import.preview']({ kind: 'accounts', text, address: null });
  expect([accounts, notTaken.length, hasJapanese(notTaken[0]?.why ?? '')]).toEqual([[], 1, true]);
});

it('the kinds are those that a window can hand over', () =>
  expect([...windowImports].sort()).toEqual([...Object.keys(fixtures), 'accounts'].sort()));
