// Our reading of fetchmailrc against fetchmail's own: what it prints by --configdump, and what it refuses.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chosen, choose } from '../../../electron/import/fetchmailrc-account.js';
import { parseFetchmailrc, type RcUser } from '../../../electron/import/fetchmailrc-grammar.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'todoku-rc-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const asJson =
  "import sys,json; exec(sys.stdin.read().replace('TRUE=1; FALSE=0', 'TRUE=True; FALSE=False')); print(json.dumps(fetchmailrc))";

interface Dump {
  readonly servers: readonly (Record<string, unknown> & { readonly users: readonly Record<string, unknown>[] })[];
  readonly [key: string]: unknown;
}

/** fetchmail's reading; null when the grammar is broken; 'sense' when it understands but will not do it (LMTP on port 25). */
function fetchmail(text: string): Dump | 'sense' | null {
  const path = join(folder, 'rc');
  writeFileSync(path, text, { mode: 0o600 });
  const run = spawnSync('fetchmail', ['-f', path, '--configdump'], { env: { ...process.env, HOME: folder } });
  if (run.status !== 0) return /syntax error|server option after|multiple "defaults"/.test(String(run.stderr)) ? null : 'sense';
  return JSON.parse(execFileSync('python3', ['-c', asJson], { input: run.stdout, encoding: 'utf8' })) as Dump;
}

const strings = ['password', 'mda', 'smtpaddress', 'smtpname', 'sslproto', 'sslfingerprint', 'preconnect', 'properties'] as const;
const flags = ['fetchall', 'keep', 'flush', 'limitflush', 'forcecr', 'dropstatus', 'mimedecode', 'idle', 'ssl'] as const;
const numbers = ['limit', 'fetchlimit', 'batchlimit', 'expunge'] as const;
const value = (chosen: Chosen, name: Parameters<Chosen['get']>[0]) => chosen.get(name)?.values[0] ?? null;

function user(found: RcUser, base: RcUser | undefined, chosen: Chosen) {
  const local = found.local.length > 0 ? found.local : (base?.local ?? []);
  const names = local.map(({ there, here }) => [there, here]);
  const wildcard = found.wildcard || base?.wildcard === true;
  return {
    ...Object.fromEntries(strings.map((name) => [name, value(chosen, name)])),
    ...Object.fromEntries(flags.map((name) => [name, chosen.get(name)?.on === true])),
    ...Object.fromEntries(numbers.map((name) => [name, Number(value(chosen, name) ?? 0)])),
    remote: found.remote ?? base?.remote ?? 'root',
    // With no name given, the user who runs fetchmail.
    localnames: [...(names.length === 0 ? [['root', 'root']] : names), ...(wildcard ? [['*', '*']] : [])],
    // An mda switches it on.
    stripcr: chosen.get('stripcr')?.on ?? chosen.has('mda'),
    sslcertck: chosen.get('sslcertck')?.on !== false,
    mailboxes: chosen.get('folder')?.values ?? [],
    smtphunt: chosen.get('smtphost')?.values ?? ['localhost'],
    antispam: (chosen.get('antispam')?.values ?? []).join(' '),
    lmtp: chosen.has('lmtp'),
  };
}

/** Our reading in the same words, as far as the words compared go. */
function ours(text: string) {
  const rc = parseFetchmailrc(text);
  const defaults = rc.entries[0]?.kind === 'defaults' ? rc.entries[0] : undefined;
  const base = defaults?.users[0];
  const nobody: RcUser = { remote: null, local: [], wildcard: false, options: [], line: 0 };
  return rc.entries
    .filter((entry) => entry !== defaults)
    .map((entry) => {
      const server = choose(defaults?.server ?? [], entry.server);
      const envelope = server.get('envelope');
      return {
        pollname: entry.name,
        active: entry.kind === 'poll',
        via: value(server, 'via'),
        timeout: Number(value(server, 'timeout') ?? 300),
        interval: Number(value(server, 'interval') ?? 0),
        envelope: envelope === undefined ? 'Received' : envelope.on ? (envelope.values[1] ?? null) : null,
        qvirtual: value(server, 'qvirtual'),
        aka: server.get('aka')?.values ?? [],
        localdomains: server.get('localdomains')?.values ?? [],
        tracepolls: server.get('tracepolls')?.on === true,
        users: (entry.users.length === 0 ? [nobody] : entry.users).map((found) =>
          user(found, base, choose(base?.options ?? [], found.options)),
        ),
      };
    });
}

/** A plain name is the pair of itself. */
const pairs = (names: unknown) => (names as (string | string[])[]).map((name) => (Array.isArray(name) ? name : [name, name]));

function same(text: string): void {
  const theirs = fetchmail(text);
  let mine: ReturnType<typeof ours> | null;
  try {
    mine = ours(text);
  } catch {
    mine = null;
  }
  expect(mine === null, `${JSON.stringify(text)}: fetchmail ${theirs === null ? 'refuses' : 'takes'} it`).toBe(theirs === null);
  if (theirs === null || theirs === 'sense' || mine === null) return;
  const servers = theirs.servers.filter(({ pollname }) => pollname !== 'defaults');
  expect(servers.length, text).toBe(mine.length);
  for (const [index, server] of mine.entries()) {
    const users = servers[index]?.users.map((one) => ({ ...one, localnames: pairs(one.localnames) }));
    expect({ ...servers[index], users }, text).toMatchObject(server);
  }
}

describe('the same as fetchmail', () => {
  it('the seed', () => same(readFileSync(new URL('../../fixture/import/seed.fetchmailrc', import.meta.url), 'utf8')));

  it.each([
    ['poll a proto pop3 user b nosslcertck password c'],
    ['poll a proto pop3 user b nokeep nofetchall password c'],
    ['poll a proto pop3 user b password "x\\"y" '],
    ['poll a proto pop3 user b password "x\\x41\\065\\65\\n\\tz\\q" is c=d e * here'],
    ['poll a port "110" user b'],
    ['poll a Proto pop3 user b'],
    ['poll a proto POP3 user b'],
    ['poll a proto Pop3 user b'],
    ['poll a proto pop3 user b keep timeout 3'],
    ['defaults: keep is x antispam 1 2 folder f\npoll c aka r user u antispam 3 folder g is z user v\n'],
    ['poll a proto pop3 user foo here is bar there password baz user q there is w'],
    ['poll a proto pop3 user is is to\n'],
    ['poll a proto pop3 user 1234 password 5678 is 9 10=11 here\n'],
    ['poll a proto pop3 user and password with is has\n'],
    ['poll a proto imap user b has password "multi\\\nline" and wants folder a b,c keep\n'],
    ['skip a proto pop3 user b fetchall; poll c proto imap via d user e keep'],
    ['poll a with proto pop3, envelope 1 "X-To", qvirtual "v-" user b is x y=z'],
    ['poll a proto pop3 localdomains x y aka z user b is * here smtphost h/2525 /run/l lmtp'],
    ['poll a proto pop3 tracepolls no envelope user b mda "/bin/x %T" properties p'],
    ["poll a proto pop3 user 'x y' password 'p\"q' limit 5 fetchlimit 6 batchlimit 7 expunge 8"],
    ['poll a proto pop3 user b sslproto "" ssl sslfingerprint "AA:BB"'],
    ['poll a proto pop3 user b password a#b keep#no\n'],
    ['poll a proto pop3 user b = c'],
    ['poll a proto pop3 user b is c=d=e'],
    ['set daemon = 300 set postmaster "x" poll a proto pop3 user b'],
    ['set no bouncemail set nosyslog poll a proto pop3 user b'],
  ])('%s', (text) => same(text));

  it('60 files made at random', () => {
    const name = fc.constantFrom('x', '"y z"', "'q'", 'keep', '12', 'a@b', '"\\65"', '*', 'and');
    const word = fc.oneof(
      fc.constantFrom('keep', 'nokeep', 'no keep', 'fetchall', 'ssl', 'no', ';', ',', ':', 'and', 'here', 'there', '# c\n', '\n', '='),
      name.map((text) => `password ${text}`),
      name.map((text) => `is ${text}`),
      fc.tuple(name, name).map(([one, two]) => `is ${one}=${two}`),
      fc.tuple(name, name).map(([one, two]) => `to ${one} ${two} here`),
      name.map((text) => `folder ${text}`),
      name.map((text) => `user ${text}`),
      fc.constantFrom('limit 5', 'timeout 9', 'antispam 571 550', 'antispam -1', 'smtphost h/25', 'mda "x"', 'lmtp', 'flush'),
    );
    const server = fc.constantFrom(
      '',
      'timeout 5',
      'interval 2',
      'aka r',
      'envelope X-A',
      'no envelope',
      'localdomains d e',
      'via v',
      'tracepolls',
    );
    const entry = fc
      .tuple(
        fc.constantFrom('poll', 'skip', 'server'),
        fc.constantFrom('h', '"h"', 'h.example'),
        server,
        name,
        fc.array(word, { maxLength: 6 }),
      )
      .map(([verb, host, options, remote, words]) => `${verb} ${host} proto pop3 ${options} user ${remote} ${words.join(' ')}`);
    const file = fc
      .tuple(
        fc.option(fc.constantFrom('defaults keep', 'defaults timeout 7 user u', 'defaults: no envelope fetchall')),
        fc.array(entry, { minLength: 1, maxLength: 3 }),
      )
      .map(([head, entries]) => `${head ?? ''}\n${entries.join('\n')}\n`);
    fc.assert(
      fc.property(file, (text) => same(text)),
      { numRuns: 60 },
    );
  });
});
