// Multidrop over a generated catch-all box: single recipients, Bcc, lists, several recipients, strangers. Each recipient once and
// nobody else's mail; the dry run says so beforehand; and the same box through fetchmail's multidrop, side by side.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import type { Rehearsal } from '../../../shared/route.js';
import { filesOf, makeScenario } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';

const run = promisify(execFile);
const people = ['ann', 'bob', 'cy', 'dora', 'eve', 'info'];
const at = (name: string) => `${name}@example.com`;
const elsewhere = ['x@far.example', 'y@other.example', 'ann@far.example'];

interface Copy {
  readonly id: string;
  readonly kind: 'single' | 'bcc' | 'list' | 'several' | 'resent' | 'stranger';
  readonly for: string;
  readonly bytes: string;
}

/** As a server's catch-all box has them: one copy an envelope recipient, named by X-Original-To. No chance: the n-th is always the same. */
function box(count: number): readonly Copy[] {
  const copies: Copy[] = [];
  for (let number = 0; number < count; number += 1) {
    const pick = (step: number) => people[(number * 5 + step) % people.length] ?? 'ann';
    const [one, two, three] = [at(pick(0)), at(pick(1)), at(pick(3))];
    const other = elsewhere[number % elsewhere.length] ?? '';
    const plans: readonly [Copy['kind'], readonly string[], string][] = [
      ['single', [one], `To: ${one}\n`],
      ['bcc', [two], `To: ${other}\nCc: ${one}\n`],
      ['bcc', [three], 'To: undisclosed-recipients:;\n'],
      ['list', [one], 'To: talk@lists.example\nList-Id: <talk.lists.example>\nPrecedence: list\n'],
      ['several', [one, two, three], `To: ${one}, ${two},\n ${three}, ${other}\n`],
      ['resent', [two], `Resent-To: ${two}\nTo: ${one}\n`],
      ['stranger', [at(`nobody${number}`)], `To: ${at(`nobody${number}`)}\n`],
    ];
    const [kind, recipients, to] = plans[number % plans.length] ?? plans[0] ?? ['single', [], ''];
    for (const [index, recipient] of recipients.entries()) copies.push(copyOf(number, index, kind, recipient, to));
  }
  return copies;
}

function copyOf(number: number, index: number, kind: Copy['kind'], recipient: string, to: string): Copy {
  const id = `m${number}-${index}`;
  const head = `Return-Path: <s@far.example>\nX-Original-To: ${recipient}\nDelivered-To: box@isp.example\nReceived: from far.example (far.example [192.0.2.1])\n\tby mx.isp.example (Postfix) with ESMTP id ${id};\n\tTue, 24 Nov 2026 01:00:00 +0000 (UTC)\n`;
  const bytes = `${head}From: <s@far.example>\n${to}Subject: ${kind}\nMessage-ID: <m${number}@far.example>\nX-Copy: ${id}\n\n${kind}\n`;
  return { id, kind, for: recipient, bytes };
}

const copies = box(84);
const known = copies.filter(({ kind }) => kind !== 'stranger');

interface Numbers {
  readonly right: number;
  readonly missing: number;
  readonly misrouted: number;
  readonly twice: number;
  readonly bcc: string;
  readonly list: string;
}
/** Copies as they stand: mailbox -> ids of what is in it. */
function compare(found: ReadonlyMap<string, readonly string[]>): Numbers {
  const right = (copy: Copy) => (found.get(copy.for) ?? []).filter((id) => id === copy.id).length;
  const of = (kind: Copy['kind']) => {
    const all = known.filter((copy) => copy.kind === kind);
    return `${all.filter((copy) => right(copy) > 0).length} of ${all.length}`;
  };
  const wrong = [...found].flatMap(([name, ids]) => ids.filter((id) => copies.find((copy) => copy.id === id)?.for !== name));
  return {
    right: known.filter((copy) => right(copy) > 0).length,
    missing: known.filter((copy) => right(copy) === 0).length,
    misrouted: wrong.length,
    twice: known.reduce((sum, copy) => sum + Math.max(0, right(copy) - 1), 0),
    bcc: of('bcc'),
    list: of('list'),
  };
}
const idsIn = (maildir: string) => filesOf(maildir).map((path) => /^X-Copy: (\S+)/m.exec(readFileSync(path, 'latin1'))?.[1] ?? '?');

let dovecot: Dovecot;
let postfix: Postfix | null = null;
const folders: string[] = [];
beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: [{ name: 'box', password: 'secret' }] });
  for (const { bytes } of copies) await dovecot.deposit('box', bytes);
  if (isRoot)
    postfix = await startPostfix({
      main: {
        virtual_mailbox_domains: 'example.com',
        virtual_mailbox_maps: `inline:{${[...people, 'postmaster'].map((name) => `${at(name)}=${name}/`).join(', ')}}`,
        virtual_mailbox_limit: '0',
        mailbox_size_limit: '0',
      },
    });
});
afterAll(async () => {
  await dovecot?.stop();
  await postfix?.stop();
});
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function station(): string {
  const { home } = makeScenario(
    { port: dovecot.pop3Port, user: 'box', drop: { kind: 'multidrop', envelope: 'X-Original-To', localDomains: ['example.com'] } },
    'secret',
    null,
  );
  folders.push(home);
  const path = join(home, 'settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  settings.routing.domains = ['example.com'];
  settings.routing.mailboxes = [...people, 'postmaster'].map((name) => ({ address: at(name), path: `example.com/${name}/`, limit: null }));
  settings.routing.postmaster = at('postmaster');
  writeFileSync(path, JSON.stringify(settings));
  return home;
}

const table: Record<string, Numbers> = {};

test('a station: each recipient once, nobody else’s mail; the dry run said so before', async () => {
  const home = station();
  const cli = join(import.meta.dirname, '../../../out/main/cli.js');
  const asked = await run(process.execPath, [cli, 'route', '--account', 'Joe', '--json', '--limit', '1000', '--home', home], {
    maxBuffer: 1e8,
  });
  const rehearsal = JSON.parse(asked.stdout) as Rehearsal;
  expect(rehearsal.messages).toBe(copies.length);
  const said = rehearsal.rows.map(({ recipients, targets, refusals }) => [
    recipients.join(),
    targets.map((target) => ('mailbox' in target ? target.mailbox : target.relay)).join(),
    refusals.map(({ code }) => code).join(),
  ]);
  const expected = copies.map((copy) => (copy.kind === 'stranger' ? [copy.for, '', '550'] : [copy.for, copy.for, '']));
  expect(said.sort()).toEqual(expected.sort());
  // Nothing is gone, nothing is marked as read.
  const there = filesOf(dovecot.maildirOf('box'));
  expect([there.length, there.filter((path) => /:2,.*S/.test(path)).length]).toEqual([copies.length, 0]);

  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const [report] = await running.station['fetch.now']({ id: null, check: false });
  await running.close();
  expect(report).toMatchObject({ failure: null, deferred: 0, delivered: copies.length });
  const found = new Map(people.map((name) => [at(name), idsIn(join(home, 'mail', 'example.com', name))]));
  table.todoku = compare(found);
  expect(table.todoku).toMatchObject({ right: known.length, missing: 0, misrouted: 0, twice: 0 });
  // Strangers are refused; what is refused goes to the postmaster.
  expect(idsIn(join(home, 'mail', 'example.com', 'postmaster')).sort()).toEqual(
    copies
      .filter(({ kind }) => kind === 'stranger')
      .map(({ id }) => id)
      .sort(),
  );
});

test.skipIf(!isRoot)('the same box through fetchmail, with the envelope header named and as it comes', { timeout: 120_000 }, async () => {
  const tries = { 'fetchmail, envelope X-Original-To': 'envelope "X-Original-To"', 'fetchmail, default': '' };
  for (const [name, option] of Object.entries(tries)) {
    for (const person of [...people, 'postmaster']) rmSync(join(postfix?.mail ?? '', person), { recursive: true, force: true });
    await throughFetchmail(option);
    table[name] = compare(new Map(people.map((person) => [at(person), idsIn(join(postfix?.mail ?? '', person))])));
  }
  console.log(
    [`multidrop, ${known.length} copies for ${people.length} people and ${copies.length - known.length} for nobody:`]
      .concat(
        Object.entries(table).map(
          ([name, { right, missing, misrouted, twice, bcc, list }]) =>
            `  ${name.padEnd(36)} right ${right} | missing ${missing} | misrouted ${misrouted} | twice ${twice} | Bcc ${bcc} | list ${list}`,
        ),
      )
      .join('\n'),
  );
  expect(Object.keys(table)).toHaveLength(3);
});

async function throughFetchmail(option: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-fetchmail-'));
  folders.push(folder);
  const rc = `set no bouncemail\nset no spambounce\nset postmaster "${at('postmaster')}"\npoll 127.0.0.1 service ${dovecot.pop3Port} protocol pop3 uidl no dns localdomains example.com ${option}\n  user "box" password "secret" is * here keep fetchall norewrite sslproto '' smtphost 127.0.0.1/${postfix?.port}\n`;
  writeFileSync(join(folder, 'rc'), rc, { mode: 0o600 });
  const files = ['-f', join(folder, 'rc'), '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')];
  const { stdout, stderr } = await run('fetchmail', ['--nodetach', '--nosyslog', ...files], {
    env: { ...process.env, FETCHMAILHOME: folder },
    timeout: 60_000,
  }).catch((error: { stdout: string; stderr: string }) => error);
  if (!/reading message|messages/.test(stdout)) throw new Error(`fetchmail did not run: ${stdout}${stderr}`);
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(100)) if (queued() === 0) return;
}
function queued(): number {
  return ['incoming', 'active', 'maildrop', 'deferred'].flatMap((name) => {
    try {
      return readdirSync(join(postfix?.root ?? '', 'queue', name), { recursive: true })
        .map(String)
        .filter((file) => /[0-9A-F]{6,}/.test(file));
    } catch {
      return [];
    }
  }).length;
}
