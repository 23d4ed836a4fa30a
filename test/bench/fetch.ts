// Fetching new mail, durable: ours, fetchmail with safecat, mpop, from the same Dovecot in the same minutes. getmail6 is left out: it
// hangs on a child that was quicker than its listening.
// `npm run bench:fetch [COUNT] [plain|tls|delay]...`. Prints numbers; asserts nothing but that everyone brought everything.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { peers as everyone, type Place } from '../crash/contenders.js';
import { filesOf } from '../support/crash.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { startDelayProxy } from './delay-proxy.js';
import { type Maildrop, makeMaildrop } from './maildrop.js';
import { measured, type Usage } from './usage.js';

export const wires = ['plain', 'tls', 'delay'] as const;
export type Wire = (typeof wires)[number];
export interface FetchRow extends Usage {
  readonly name: string;
  readonly messages: number;
  readonly octets: number;
}
const peers = everyone.filter(({ name }) => name !== 'getmail6');
/** A round trip of 50 ms; with it a fetcher that waits for each answer needs so long that a tenth of the mail tells the same. */
const oneWay = 25;
const shareOfDelayed = 0.1;

export async function run(parameters: readonly string[]): Promise<void> {
  const [count = '2000', ...names] = parameters;
  for (const wire of names.length === 0 ? wires : wires.filter((one) => names.includes(one))) {
    const rows = await fetchBench(wire, Number(count));
    const { messages = 0, octets = 0 } = rows[0] ?? {};
    console.log(
      `\nfetch ${messages} new (${(octets / 1e6).toFixed(0)} MB), ${wire}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`,
    );
    console.log('fetcher      seconds  messages/s   cpu s   peak MiB   ours is');
    for (const row of rows) console.log(line(row, rows[0]));
  }
}

function line({ name, seconds, cpu, peak, messages }: FetchRow, ours: FetchRow | undefined): string {
  const column = (text: string, width: number) => text.padStart(width);
  const times = ours === undefined || ours.name === name ? '' : `${(seconds / ours.seconds).toFixed(2)} x as fast`;
  return `${name.padEnd(10)} ${column(seconds.toFixed(2), 9)} ${column((messages / seconds).toFixed(0), 11)} ${column(cpu.toFixed(2), 7)} ${column(peak.toFixed(0), 10)}   ${times}`;
}

/** Ours first. */
export async function fetchBench(wire: Wire, wanted: number): Promise<readonly FetchRow[]> {
  const mail = makeMaildrop(wire === 'delay' ? Math.ceil(wanted * shareOfDelayed) : wanted);
  const users = peers.map(({ name }) => ({ name, password: 'secret' }));
  const dovecot = await startDovecot({ protocols: ['pop3'], tls: wire === 'tls', users });
  const delay = wire === 'delay' ? await startDelayProxy(dovecot.pop3Port, oneWay) : null;
  try {
    for (const { name } of peers) mail.into(dovecot.maildirOf(name));
    const port = wire === 'tls' ? dovecot.pop3sPort : (delay?.port ?? dovecot.pop3Port);
    const rows: FetchRow[] = [];
    for (const { name } of peers) rows.push(await one(name, port, wire, mail, dovecot));
    return rows;
  } finally {
    delay?.close();
    await dovecot.stop();
    mail.remove();
  }
}

async function one(name: string, port: number, wire: Wire, mail: Maildrop, dovecot: Dovecot): Promise<FetchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-bench-fetch-'));
  const maildir = join(folder, 'Maildir');
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true });
  const tls = wire === 'tls' ? { pin: dovecot.fingerprint256, pem: dovecot.certPem } : undefined;
  const place: Place = { folder, maildir, port, user: name, mode: 'keep', ...(tls === undefined ? {} : { tls }) };
  const prepared = peers.find((peer) => peer.name === name)?.prepare(place);
  try {
    const usage = await measured(prepared?.command ?? [], { FETCHMAILHOME: folder, HOME: folder });
    const brought = filesOf(prepared?.maildir ?? maildir).length;
    if (brought !== mail.count) throw new Error(`${name} brought ${brought} of ${mail.count}`);
    return { name, messages: mail.count, octets: mail.octets, ...usage };
  } finally {
    prepared?.end?.();
    rmSync(folder, { recursive: true, force: true });
  }
}
