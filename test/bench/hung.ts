// Ten accounts, one of them on a server that takes the connection and says nothing: when have the nine others all their mail?
// `npm run bench:hung [COUNT]`: ours, and fetchmail with the same patience. Prints numbers; asserts nothing.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccountInput } from '../../shared/account.js';
import { settings } from '../../shared/settings.js';
import { filesOf } from '../support/crash.js';
import { startDovecot } from '../support/dovecot.js';
import { makeMaildrop } from './maildrop.js';

const accounts = 10;
/** The hung one is in the middle: fetchmail takes them in order. */
const hung = 4;
const patience = 20;
const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

export interface HungRow {
  readonly name: string;
  /** Until the nine have everything: with the hung one, and without it. */
  readonly seconds: number;
  readonly alone: number;
}

export async function run([count = '50']: readonly string[]): Promise<void> {
  console.log('ten accounts, one hung: seconds until the nine have their mail');
  for (const { name, seconds, alone } of await hungBench(Number(count)))
    console.log(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} (without the hung one ${alone.toFixed(1)})`);
}

interface Place {
  readonly folder: string;
  readonly ports: readonly number[];
}
interface Contender {
  readonly name: string;
  prepare(place: Place): { readonly command: readonly string[]; readonly maildirs: readonly string[] };
}

export async function hungBench(count: number): Promise<readonly HungRow[]> {
  const mail = makeMaildrop(count);
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const silentPort = address !== null && typeof address === 'object' ? address.port : 0;
  const rows: HungRow[] = [];
  for (const contender of contenders) {
    const times: number[] = [];
    for (const withHung of [true, false]) times.push(await measure(contender, mail, withHung ? silentPort : null));
    rows.push({ name: contender.name, seconds: times[0] ?? 0, alone: times[1] ?? 0 });
  }
  silent.close();
  mail.remove();
  return rows;
}

async function measure(contender: Contender, mail: ReturnType<typeof makeMaildrop>, silentPort: number | null): Promise<number> {
  const users = Array.from({ length: accounts }, (_, n) => ({ name: `u${n}`, password: 'secret' }));
  const dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users });
  const folder = mkdtempSync(join(tmpdir(), 'todoku-bench-hung-'));
  try {
    for (const { name } of users) mail.into(dovecot.maildirOf(name));
    const ports = users.map((_, n) => (n === hung && silentPort !== null ? silentPort : dovecot.pop3Port));
    const { command, maildirs } = contender.prepare({ folder, ports });
    return await until(
      command,
      folder,
      maildirs.filter((_, n) => n !== hung),
      mail.count,
    );
  } finally {
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function until(command: readonly string[], folder: string, maildirs: readonly string[], count: number): Promise<number> {
  const [program = '', ...parameters] = command;
  const began = performance.now();
  const child = spawn(program, parameters, { stdio: 'ignore', env: { ...process.env, FETCHMAILHOME: folder, HOME: folder } });
  while (!maildirs.every((maildir) => filesOf(maildir).length >= count)) await wait(50);
  const seconds = (performance.now() - began) / 1000;
  child.kill('SIGKILL');
  return seconds;
}

const contenders: readonly Contender[] = [
  {
    name: 'todoku',
    prepare({ folder, ports }) {
      const list = ports.map(
        (port, n): AccountInput => ({
          id: `u${n}`,
          name: `u${n}`,
          host: '127.0.0.1',
          port,
          security: 'none',
          user: `u${n}`,
          secret: { kind: 'file' },
          drop: { kind: 'singledrop', to: [`u${n}@a.example`] },
          fetch: { timeout: patience },
        }),
      );
      const secrets = Object.fromEntries(list.map(({ id }) => [`${id}/receive`, { sealed: false, value: 'secret' }]));
      const all = settings.parse({ accounts: list, scanner: { mode: 'off', clamd: 'off' } });
      writeFileSync(join(folder, 'settings.json'), JSON.stringify(all), { mode: 0o600 });
      writeFileSync(join(folder, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
      const maildirs = list.map(({ id }) => join(folder, 'mail', 'a.example', id ?? ''));
      return { command: [process.execPath, cli, 'poll', '--home', folder], maildirs };
    },
  },
  {
    name: 'fetchmail',
    prepare({ folder, ports }) {
      const maildirs = ports.map((_, n) => join(folder, `u${n}`));
      for (const maildir of maildirs) for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true });
      const polls = ports.map(
        (port, n) =>
          `poll s${n} via 127.0.0.1 service ${port} protocol pop3 uidl timeout ${patience} user "u${n}" password "secret" keep sslproto '' mda "safecat ${maildirs[n]}/tmp ${maildirs[n]}/new"\n`,
      );
      writeFileSync(join(folder, 'rc'), polls.join(''), { mode: 0o600 });
      const command = ['fetchmail', '--nodetach', '-f', join(folder, 'rc'), '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')];
      return { command, maildirs };
    },
  },
];
