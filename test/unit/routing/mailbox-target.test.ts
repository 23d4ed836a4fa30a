// `todoku route ADDRESS --target`: the mailbox's own relay and its login. The password lies apart, under the relay's name.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { namesTarget, setMailboxTarget } from '../../../electron/command/route-target.js';
import { homePaths } from '../../../electron/station/home.js';
import { onwardLogin } from '../../../electron/station/onward-targets.js';
import { openSecrets } from '../../../electron/station/secrets.js';
import { account } from '../../../shared/account.js';
import { settings } from '../../../shared/settings.js';

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});
function place() {
  const home = mkdtempSync(join(tmpdir(), 'todoku-target-'));
  homes.push(home);
  const routing = { mailboxes: [{ address: 'Ann@a.example', path: 'a.example/ann/' }] };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings.parse({ routing })), { mode: 0o600 });
  writeFileSync(join(home, 'password'), 'geheim\n');
  const io = {
    out: () => undefined,
    err: () => undefined,
    stdin: Readable.from([]),
    home,
    json: false,
    verbose: false,
    language: 'en',
  } as const;
  return { home, io, read: () => settings.parse(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).routing.mailboxes[0] };
}

test('a relay with its login; then another user; then the Maildir again', async () => {
  const { home, io, read } = place();
  const options = {
    target: 'smtp:Relay.example:587',
    relaySecurity: 'starttls',
    relayUser: 'ann',
    relayPasswordFile: join(home, 'password'),
  };
  await setMailboxTarget('ann@a.example', options, io);
  const login = { user: 'ann', secret: { kind: 'file' } };
  expect(read()?.target).toMatchObject({ kind: 'smtp', host: 'Relay.example', port: 587, security: 'starttls', login });
  expect(readFileSync(join(home, 'settings.json'), 'utf8')).not.toContain('geheim');
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
  const target = read()?.target;
  if (target?.kind !== 'smtp') throw new Error('no relay');
  // As handing on asks for it; the account's own relay has another secret.
  const owner = account.parse({ id: 'joe', name: 'Joe', host: 'h', port: 1, user: 'joe', drop: { kind: 'singledrop', to: ['x@y'] } });
  const ask = onwardLogin(openSecrets(homePaths(home), null));
  expect(await ask(owner, target)).toEqual({ user: 'ann', secret: 'geheim' });
  await expect(ask({ ...owner, target }, target)).rejects.toMatchObject({ code: 'secret-missing' });
  await setMailboxTarget('ann@a.example', { relayUser: 'bob', relayPasswordCommand: 'echo x' }, io);
  expect(read()?.target).toMatchObject({ host: 'Relay.example', login: { user: 'bob', secret: { kind: 'command', command: 'echo x' } } });
  await setMailboxTarget('ann@a.example', { target: 'maildir' }, io);
  expect(read()?.target).toEqual({ kind: 'maildir' });
});

test('what cannot be meant is said, and changes nothing', async () => {
  const { io, read } = place();
  await expect(setMailboxTarget('bob@a.example', { target: 'maildir' }, io)).rejects.toMatchObject({ code: 'not-found' });
  await expect(setMailboxTarget('ann@a.example', { target: 'smtp:' }, io)).rejects.toMatchObject({ code: 'usage' });
  await expect(setMailboxTarget('ann@a.example', { relayUser: 'x' }, io)).rejects.toMatchObject({ code: 'usage' });
  await expect(setMailboxTarget('ann@a.example', { target: 'smtp:h', relaySecurity: 'some' }, io)).rejects.toMatchObject({ code: 'usage' });
  expect(read()?.target).toBeUndefined();
  expect([namesTarget({}), namesTarget({ account: 'x' }), namesTarget({ relayUser: 'x' })]).toEqual([false, false, true]);
});
