// The doctor beside a running station, on a real clamd and a real Dovecot: what works is good, and what is taken away is named.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { doctorCommand } from '../../../electron/command/doctor.js';
import { openStation } from '../../../electron/station/open.js';
import { account } from '../../../shared/account.js';
import type { DoctorCheck, DoctorReport } from '../../../shared/doctor.js';
import { startClamd } from '../../support/clamd.js';
import { startDovecot } from '../../support/dovecot.js';

const told = (report: DoctorReport, name: string): DoctorCheck => {
  const check = report.checks.find((one) => one.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  return check;
};

it('finds what is there, and names what is taken away', async () => {
  const home = mkdtempSync(join(tmpdir(), 'todoku-doctor-'));
  const [dovecot, clamd] = await Promise.all([
    startDovecot({ protocols: ['pop3'], users: [{ name: 'joe', password: 'right' }] }),
    startClamd(),
  ]);
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const { station } = running;
  const report = () => station['doctor.run']({});
  const look = async (name: string) => told(await report(), name);
  try {
    const { scanner } = await station['settings.read']({});
    await station['settings.write']({ scanner: { ...scanner, clamd: `unix:${clamd.socket}` } });
    const joe = account.parse({
      ...{ id: 'joe', name: 'Joe', host: 'localhost', port: dovecot.pop3Port, user: 'joe', security: 'starttls', secret: { kind: 'file' } },
      ...{ pin: dovecot.fingerprint256, pinnedPem: dovecot.certPem, drop: { kind: 'singledrop', to: ['joe@a.example'] } },
    });
    await station['account.save']({ account: joe, secret: null, sendingSecret: null });
    expect(await look('secrets')).toMatchObject({ finding: 'missing', facts: { account: 'Joe' } });
    await station['account.save']({ account: joe, secret: 'right', sendingSecret: null });
    const whole = await report();
    for (const name of ['folder', 'modes', 'settings', 'ledger', 'clamd', 'network', 'secrets', 'lock'])
      expect([name, told(whole, name).level]).toEqual([name, 'good']);
    expect(told(whole, 'lock').facts).toEqual({ pid: process.pid });
    expect(told(whole, 'clamd').facts).toMatchObject({ engine: expect.stringMatching(/^ClamAV \d/), where: clamd.socket });

    const out: string[] = [];
    const io = { out: (line: string) => void out.push(line), err: () => undefined, stdin: Readable.from([]), home };
    await doctorCommand({ anonymous: false }, { ...io, json: true, verbose: false, language: 'en' });
    const beside = JSON.parse(out[0] ?? '') as DoctorReport;
    expect(beside.checks.map(({ name, finding }) => [name, finding])).toEqual(whole.checks.map(({ name, finding }) => [name, finding]));

    await clamd.kill();
    await dovecot.stop();
    const broken = await report();
    expect(told(broken, 'clamd')).toMatchObject({ finding: 'silent', level: 'bad' });
    expect(told(broken, 'network')).toMatchObject({ finding: 'unreachable', facts: { count: 1, of: 1, code: 'ECONNREFUSED' } });
    const blind = blindSignatures();
    await clamd.restart(blind);
    expect(await look('clamd')).toMatchObject({ finding: 'blind', level: 'bad' });
    rmSync(blind, { recursive: true });
  } finally {
    await running.close();
    await clamd.stop();
    await dovecot.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

/** One signature that matches nothing we send. */
function blindSignatures(): string {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-blind-'));
  writeFileSync(join(folder, 'none.ndb'), `Nothing.At.All:0:*:${Buffer.from('there is no such text anywhere').toString('hex')}\n`);
  return folder;
}
