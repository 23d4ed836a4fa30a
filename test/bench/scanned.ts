// Fetch and scan: ours, fetchmail whose mda asks clamdscan and then delivers, and clamd alone over the same files, in the same run.
// `npm run bench:scanned [COUNT]`. Prints numbers; asserts nothing but that everyone brought everything.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClamd } from '../support/clamd.js';
import { filesOf, makeScenario } from '../support/crash.js';
import { startDovecot } from '../support/dovecot.js';
import { makeMaildrop } from './maildrop.js';
import { measured, type Usage } from './usage.js';

export interface ScannedRow extends Usage {
  readonly name: string;
  readonly messages: number;
}
const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');
const users = ['todoku', 'fetchmail'].map((name) => ({ name, password: 'secret' }));

export async function run([count = '1000']: readonly string[]): Promise<void> {
  const rows = await scannedBench(Number(count));
  console.log(`fetch and scan ${rows[0]?.messages}`);
  for (const { name, seconds, messages, cpu } of rows)
    console.log(
      `${name.padEnd(24)} ${seconds.toFixed(2).padStart(8)} s ${(messages / seconds).toFixed(0).padStart(6)} messages/s, cpu ${cpu.toFixed(1)} s`,
    );
}

/** Ours, fetchmail, clamd alone. */
export async function scannedBench(count: number): Promise<readonly ScannedRow[]> {
  const mail = makeMaildrop(count, 2);
  const dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users });
  // Its cache would answer the second contender.
  const clamd = await startClamd({ extra: 'DisableCache yes' });
  const folder = mkdtempSync(join(tmpdir(), 'todoku-bench-scanned-'));
  const row = async (name: string, command: readonly string[], maildir: string | null): Promise<ScannedRow> => {
    const usage = await measured(command, { FETCHMAILHOME: folder, HOME: folder });
    const brought = maildir === null ? count : filesOf(maildir).length;
    if (brought !== count) throw new Error(`${name} brought ${brought} of ${count}`);
    return { name, messages: count, ...usage };
  };
  try {
    for (const { name } of users) mail.into(dovecot.maildirOf(name));
    const { home, maildir } = makeScenario({ port: dovecot.pop3Port, user: 'todoku' }, 'secret', `unix:${clamd.socket}`, folder);
    const peer = fetchmail(folder, dovecot.pop3Port, clamd.conf);
    return [
      await row('todoku', [process.execPath, cli, 'poll', '--home', home], maildir),
      await row('fetchmail + clamdscan', peer.command, peer.maildir),
      await row('clamd alone', ['clamdscan', `--config-file=${clamd.conf}`, '--no-summary', '--fdpass', '--multiscan', mail.folder], null),
    ];
  } finally {
    await clamd.stop();
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
    mail.remove();
  }
}

/** What the seed's Postfix did with its content filter, in one script: scan, then deliver. */
function fetchmail(folder: string, port: number, conf: string): { readonly command: readonly string[]; readonly maildir: string } {
  const maildir = join(folder, 'Maildir');
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true });
  const mda = join(folder, 'mda');
  writeFileSync(
    mda,
    `#!/bin/sh\nset -e\nheld=$(mktemp)\ntrap 'rm -f "$held"' EXIT\ncat >"$held"\nclamdscan --config-file=${conf} --no-summary --fdpass "$held" >/dev/null\nsafecat ${maildir}/tmp ${maildir}/new <"$held"\n`,
  );
  chmodSync(mda, 0o755);
  writeFileSync(
    join(folder, 'rc'),
    `poll 127.0.0.1 service ${port} protocol pop3 uidl user "fetchmail" password "secret" keep sslproto '' mda "${mda}"\n`,
    { mode: 0o600 },
  );
  return {
    command: ['fetchmail', '--nodetach', '-f', join(folder, 'rc'), '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')],
    maildir,
  };
}
