// `todoku bounce` and `todoku trace` over files, folders, Maildirs and standard input.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bounceCommand } from '../../../electron/command/bounce.js';
import type { CommandIo } from '../../../electron/command/io.js';
import { traceCommand } from '../../../electron/command/trace.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'todoku-command-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const bounce =
  'From: MAILER-DAEMON@far.test\nSubject: failure notice\n\nHi. This is the qmail-send program at far.test.\nI tried.\n\n<kei@far.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n';
const mail =
  'Received: from a.test (a.test [192.0.2.1]) by b.test with SMTP id 1 for <c@b.test>; Tue, 24 Nov 2026 01:00:00 +0000\nFrom: x@a.test\nSubject: hello\n\nhello\n';

function io(stdin = ''): { io: CommandIo; out: string[]; err: string[] } {
  const [out, err]: [string[], string[]] = [[], []];
  const made = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    stdin: Readable.from([Buffer.from(stdin)]),
    home,
    json: false,
    verbose: false,
    language: 'en',
  } as const;
  return { io: made, out, err };
}

test('bounce --json of a file: the fields of the contract, in order', async () => {
  writeFileSync(join(home, 'b.eml'), bounce);
  const run = io();
  expect(await bounceCommand([join(home, 'b.eml')], { json: true }, run.io)).toBe(0);
  const line = JSON.parse(run.out[0] ?? '');
  expect(Object.keys(line)).toEqual(['file', 'isBounce', 'kind', 'reportingMta', 'arrivalDate', 'recipients', 'original']);
  expect(Object.keys(line.recipients[0])).toEqual([
    'final',
    'original',
    'action',
    'status',
    'statusDerived',
    'smtpCode',
    'diagnostic',
    'remoteMta',
    'lastAttempt',
    'reason',
    'permanent',
  ]);
  expect(line).toMatchObject({
    file: join(home, 'b.eml'),
    isBounce: true,
    kind: 'failed',
    recipients: [{ final: 'kei@far.test', status: '5.1.1' }],
  });
});

test('trace --json of a file: the fields of the contract, in order', async () => {
  writeFileSync(join(home, 'm.eml'), mail);
  const run = io();
  expect(await traceCommand([join(home, 'm.eml')], { json: true }, run.io)).toBe(0);
  const line = JSON.parse(run.out[0] ?? '');
  expect(Object.keys(line)).toEqual(['file', 'hops', 'totalSeconds', 'boundary', 'authentication', 'anomalies']);
  expect(Object.keys(line.hops[0])).toEqual(['from', 'fromIp', 'by', 'with', 'id', 'for', 'drop', 'tls', 'date', 'delaySeconds', 'raw']);
});

test('trace believes the hosts that the settings name, or those it is given', async () => {
  const chain = `Received: from b.test (b.test [192.0.2.2]) by c.test with SMTP id 2; Tue, 24 Nov 2026 01:00:10 +0000\n${mail}`;
  const boundary = async (options: { trusted?: readonly string[] }) => {
    const run = io(chain);
    expect(await traceCommand(['-'], { json: true, ...options }, run.io)).toBe(0);
    return JSON.parse(run.out[0] ?? '').boundary;
  };
  expect(await boundary({})).toBe(1);
  expect(await boundary({ trusted: ['c.test', 'b.test', '192.0.2.2/32'] })).toBe(0);
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ reading: { trustedHosts: ['else.test'] } }));
  expect(await boundary({})).toBe(null);
  writeFileSync(join(home, 'settings.json'), '{ broken');
  expect(await boundary({})).toBe(1);
});

test('a Maildir with a folder of its own, an index and something in tmp/', async () => {
  for (const path of ['box/cur', 'box/new', 'box/tmp', 'box/.Work/cur', 'box/.Work/new']) mkdirSync(join(home, path), { recursive: true });
  writeFileSync(join(home, 'box/cur/1.M1P1.host:2,S'), mail);
  writeFileSync(join(home, 'box/new/2.M1P1.host'), bounce);
  writeFileSync(join(home, 'box/tmp/3.M1P1.host'), bounce);
  writeFileSync(join(home, 'box/.Work/cur/4.M1P1.host:2,'), bounce);
  writeFileSync(join(home, 'box/dovecot.index.log'), 'X: not mail\n');
  const run = io();
  expect(await bounceCommand([join(home, 'box')], { json: true }, run.io)).toBe(0);
  expect(run.out.map((line) => [JSON.parse(line).file.slice(home.length + 1), JSON.parse(line).kind])).toEqual([
    ['box/.Work/cur/4.M1P1.host:2,', 'failed'],
    ['box/cur/1.M1P1.host:2,S', null],
    ['box/new/2.M1P1.host', 'failed'],
  ]);
});

test('standard input, a path that is not there, and no path', async () => {
  const run = io(bounce);
  expect(await bounceCommand([join(home, 'none\u001b[2J'), '-'], { json: true }, run.io)).toBe(2);
  expect(run.out.map((line) => JSON.parse(line).file)).toEqual(['-']);
  expect(run.err).toHaveLength(1);
  expect(run.err[0]).toContain('none\\x1b[2J');
  expect(await traceCommand([], {}, run.io)).toBe(5);
});

test('for people: what happened and what to do', async () => {
  const run = io(bounce);
  expect(await bounceCommand(['-'], {}, run.io)).toBe(0);
  expect(run.out).toEqual([
    '-: Not delivered',
    '  kei@far.test  User unknown  5.1.1',
    '    far.test has no mailbox called “kei”.',
    '    Sending again will not help. Check the spelling, or ask for the address another way.',
    '    > Sorry, no mailbox here by that name. (#5.1.1)',
  ]);
});
