// `todoku import` as a command: permissions, preview, JSON, and what is written.
import { chmodSync, copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { importCommand } from '../../../electron/command/import.js';
import { type Settings, settings as schema } from '../../../shared/settings.js';
import type { ImportPreview } from '../../../shared/station.js';

const fixtures = new URL('../../fixture/import/', import.meta.url).pathname;
let [folder, current] = ['', schema.parse({})];
let [out, secrets]: [string[], Record<string, string>] = [[], {}];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'todoku-import-'));
  [current, out, secrets] = [schema.parse({}), [], {}];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (kind: string, path: string, options: { dryRun?: boolean; force?: boolean; json?: boolean } = {}) =>
  importCommand(
    kind,
    path,
    { dryRun: options.dryRun === true, force: options.force === true },
    {
      settings: {
        read: () => current,
        update: async (change: (settings: Settings) => Settings) => {
          current = schema.parse(change(current));
          return current;
        },
      },
      storeSecret: async (account, secret) => {
        secrets[account.id] = secret;
      },
    },
    {
      out: (line) => void out.push(line),
      err: () => undefined,
      stdin: Readable.from([]),
      home: folder,
      json: options.json === true,
      verbose: false,
      language: 'en',
    },
  );
const seed = (mode: number): string => {
  const path = join(folder, 'rc');
  copyFileSync(`${fixtures}seed.fetchmailrc`, path);
  chmodSync(path, mode);
  return path;
};

it('imports the seed, and once more without another account', async () => {
  const path = seed(0o600);
  expect(await run('fetchmailrc', path)).toBe(0);
  const first = current;
  expect(await run('fetchmailrc', path)).toBe(0);
  expect(current).toEqual(first);
  expect(current.accounts).toHaveLength(3);
  expect(current.routing.postmaster).toBe('postmaster@example.com');
  expect(Object.values(secrets)).toEqual(['pop3password1', 'pop3password2', 'pop3password0']);
  expect(out.join('\n')).not.toContain('pop3password');
});

it('--dry-run shows the same and writes nothing', async () => {
  await run('fetchmailrc', seed(0o600), { dryRun: true });
  expect([current, secrets]).toEqual([schema.parse({}), {}]);
  expect(out[0]).toBe('3 accounts');
  expect(out).toContain(
    '  line 13: smtphost 127.0.0.1/2525: the station delivers into Maildirs itself, which replaces this hop; to keep it, set the account’s target to SMTP or LMTP',
  );
});

it('--json is the preview', async () => {
  await run('fetchmailrc', seed(0o700), { json: true, dryRun: true });
  const preview = JSON.parse(out.join('')) as ImportPreview;
  expect([out.length, preview.accounts.length, preview.notTaken.length]).toEqual([1, 3, 2]);
});

it.each([0o644, 0o640, 0o604, 0o710, 0o777])('mode %o is refused as fetchmail refuses it, unless forced', async (mode) => {
  const path = seed(mode);
  await expect(run('fetchmailrc', path)).rejects.toMatchObject({
    code: 'permissions',
    message: `File ${path} must have no more than -rwx------ (0700) permissions.`,
  });
  expect(current.accounts).toEqual([]);
  expect(await run('fetchmailrc', path, { force: true })).toBe(0);
  expect(current.accounts).toHaveLength(3);
});

it('a syntax error names file, line and column, and nothing is taken', async () => {
  const path = join(folder, 'rc');
  writeFileSync(path, 'poll a user b\nkeep frobnicate', { mode: 0o600 });
  await expect(run('fetchmailrc', path)).rejects.toMatchObject({
    code: 'usage',
    message: `${path}: line 2, column 6: syntax error at "frobnicate"`,
  });
});

it('a copied /etc/postfix is read from the copy', async () => {
  cpSync(`${fixtures}postfix`, folder, { recursive: true });
  await run('postfix', folder);
  expect(current.routing.mailboxes.map(({ path }) => path)).toEqual(['example.com/test1/', 'example.com/test2/', 'example.com/test0/']);
  expect(out[0]).toBe('0 accounts, 1 domains, 3 mailboxes, 1 aliases');
});

it.each(['dovecot', 'thunderbird'])('%s by its folder', async (kind) => {
  cpSync(kind === 'dovecot' ? `${fixtures}dovecot` : `${fixtures}prefs.js`, kind === 'dovecot' ? folder : join(folder, 'prefs.js'), {
    recursive: true,
  });
  expect(await run(kind, folder)).toBe(0);
  expect(current.routing.mailboxes.length + current.accounts.length).toBeGreaterThan(0);
});

it.each([
  ['nonsense', 'usage'],
  ['fetchmailrc', 'not-found'],
])('%s of a file that is not there', async (kind, code) => {
  await expect(run(kind, join(folder, 'missing'))).rejects.toMatchObject({ code });
});
