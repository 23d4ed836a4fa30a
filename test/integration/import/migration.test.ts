// docs/migrate-fetchmail.md, run: the seed's fetchmailrc and Postfix files, a real Dovecot as its POP3 servers, a real clamd, and at
// the end the Maildirs of virtual users served by IMAP. Only paths and addresses are replaced.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClamd, type TestClamd } from '../../support/clamd.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

const root = join(import.meta.dirname, '..', '..', '..');
const fixture = join(root, 'test', 'fixture', 'import');
const place = mkdtempSync(join(tmpdir(), 'todoku-migration-'));
const vmail = join(place, 'VMAIL');
const names = ['0', '1', '2'];
let pop: Dovecot;
let imap: Dovecot;
let clamd: TestClamd;
beforeAll(async () => {
  const users = names.map((number) => ({ name: `pop3userid${number}`, password: `pop3password${number}` }));
  const mailboxes = names.map((number) => ({
    name: `virtualuser${number}@example.com`,
    password: 'reader',
    maildir: join(vmail, 'example.com', `test${number}`),
  }));
  mkdirSync(vmail);
  [pop, imap, clamd] = await Promise.all([
    startDovecot({ users, tls: false, protocols: ['pop3'] }),
    startDovecot({ users: mailboxes, tls: false, protocols: ['imap'] }),
    startClamd(),
  ]);
  for (const { name } of users) await pop.deposit(name, `From: <a@b.example>\nSubject: for ${name}\n\nText\n`);
  prepareFiles();
});
afterAll(async () => {
  await Promise.all([pop?.stop(), imap?.stop(), clamd?.stop()]);
  rmSync(place, { recursive: true, force: true });
});

/** The seed's files, at their places below ours. */
function prepareFiles(): void {
  const rc = readFileSync(join(fixture, 'seed.fetchmailrc'), 'utf8')
    .replace('poll pop.example.com protocol pop3:', `poll 127.0.0.1 protocol pop3 port ${pop.pop3Port}:`)
    .replace('poll  other.example.com with proto POP3', `poll localhost with proto POP3 port ${pop.pop3Port}`);
  mkdirSync(join(place, 'bin'));
  writeFileSync(join(place, 'fetchmailrc'), rc);
  cpSync(join(fixture, 'postfix'), join(place, 'postfix'), { recursive: true });
  const main = join(place, 'postfix', 'main.cf');
  writeFileSync(main, here(readFileSync(main, 'utf8')));
  const command = join(place, 'bin', 'todoku');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'out', 'main', 'cli.js')}' "$@"\n`);
  chmodSync(command, 0o755);
}

/** What stands for the guide's own paths. */
function here(text: string): string {
  return text
    .replaceAll('/home/VMAIL', vmail)
    .replaceAll('/etc/postfix', join(place, 'postfix'))
    .replaceAll('/etc/fetchmailrc', join(place, 'fetchmailrc'))
    .replaceAll('/var/lib/todoku', join(place, 'todoku'))
    .replaceAll('/run/clamav/clamd.ctl', clamd.socket);
}

function guide(): string {
  const blocks = [...readFileSync(join(root, 'docs', 'migrate-fetchmail.md'), 'utf8').matchAll(/```sh\n(.*?)```/gs)];
  return blocks.map(([, lines = ''], index) => `echo "== block ${index + 1}"\n${here(lines)}`).join('');
}

function run(script: string): Promise<{ readonly code: number | null; readonly text: string }> {
  const env = { ...process.env, PATH: `${join(place, 'bin')}:${process.env.PATH}`, LC_ALL: 'C' };
  const child = spawn('/bin/sh', ['-e'], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  child.stdin.end(script);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
}

async function subjectsByImap(user: string): Promise<readonly string[]> {
  const client = new ImapFlow({ host: '127.0.0.1', port: imap.imapPort, secure: false, auth: { user, pass: 'reader' }, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX');
  const rows = (await client.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope?.subject ?? '');
  await client.logout();
  return rows;
}

test('the guide from fetchmail, line by line', async () => {
  const { code, text } = await run(guide());
  expect(code, text).toBe(0);
  expect(text).toContain('mailbox    virtualuser1@example.com -> ');
  expect(text).not.toContain('pop3password');
  for (const number of names) {
    const folder = join(vmail, 'example.com', `test${number}`, 'new');
    const [file = '', ...more] = readdirSync(folder);
    const mail = readFileSync(join(folder, file), 'latin1');
    expect([more, /^X-Virus-Status: Clean/m.test(mail), mail.includes(`Subject: for pop3userid${number}`)]).toEqual([[], true, true]);
    expect(readdirSync(join(pop.maildirOf(`pop3userid${number}`), 'new'))).toEqual([]);
  }
  execFileSync('chown', ['-R', '--reference', imap.maildirOf('virtualuser1@example.com'), vmail]);
  expect(await subjectsByImap('virtualuser1@example.com')).toEqual(['for pop3userid1']);
  expect(readdirSync(join(place, 'todoku'))).toContain('first.tar');
});
