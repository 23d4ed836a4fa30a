// A relay that wants TLS and a login, as an account's target and as a mailbox's own; a message refused for good after DATA, under
// each refusal policy; and mail that comes back to the maildrop it was fetched from.
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { mailboxSecret } from '../../../electron/station/onward-targets.js';
import { openStation } from '../../../electron/station/open.js';
import type { AccountInput } from '../../../shared/account.js';
import { filesOf, makeScenario } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';

const relayUser = 'relay@example.com';
const cases = ['pinned', 'own', 'wrong', 'stranger', 'postmaster', 'keep', 'bounce', 'loop'] as const;
const boxOf = (name: string) => `${name}@example.com`;

describe.skipIf(!isRoot)('a relay with TLS and login (a real Postfix needs root)', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  const folders: string[] = [];
  const homes: string[] = [];
  beforeAll(async () => {
    const sasl = mkdtempSync(join(tmpdir(), 'todoku-sasl-'));
    chmodSync(sasl, 0o755);
    folders.push(sasl);
    dovecot = await startDovecot({
      protocols: ['pop3', 'lmtp'],
      users: [
        { name: relayUser, password: 'relayed' },
        ...cases.flatMap((name) => [
          { name, password: 'secret' },
          { name: boxOf(name), password: 'secret' },
        ]),
      ],
      extra: `service auth {\n  unix_listener ${sasl}/auth {\n    mode = 0666\n  }\n}\n`,
    });
    postfix = await startPostfix({
      main: {
        ...{ mynetworks: '', virtual_mailbox_domains: 'example.com', virtual_transport: `lmtp:unix:${dovecot.lmtpSocket}` },
        virtual_mailbox_maps: `inline:{${cases.map((name) => `${boxOf(name)}=${name}/`).join(', ')}}`,
        ...{ smtpd_tls_cert_file: join(dovecot.root, 'cert.pem'), smtpd_tls_key_file: join(dovecot.root, 'key.pem') },
        ...{
          smtpd_tls_security_level: 'encrypt',
          smtpd_sasl_auth_enable: 'yes',
          smtpd_sasl_type: 'dovecot',
          smtpd_sasl_path: `${sasl}/auth`,
        },
        ...{
          smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
          smtpd_recipient_restrictions: 'permit_sasl_authenticated, reject',
        },
        header_checks: 'regexp:{ {/^Subject: forbidden/ REJECT 5.7.1 not this one} }',
      },
    });
  }, 120_000);
  afterAll(async () => {
    await postfix?.stop();
    await dovecot?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });

  const pinned = () => ({ pin: dovecot.fingerprint256, pinnedPem: dovecot.certPem });
  const target = (more: object = pinned()): NonNullable<AccountInput['target']> => ({
    ...{ kind: 'smtp', host: '127.0.0.1', port: postfix.port, security: 'starttls' },
    ...{ login: { user: relayUser, secret: { kind: 'file' } }, ...more },
  });
  /** The user's maildrop is fetched, and handed to the relay for user@example.com. */
  function scenario(name: string, account: Partial<AccountInput>, secrets: Readonly<Record<string, string>>, routing: object = {}): string {
    const { home } = makeScenario(
      {
        port: dovecot.pop3Port,
        user: name,
        fetch: { retention: { kind: 'delete' } },
        drop: { kind: 'singledrop', to: [boxOf(name)] },
        ...account,
      },
      'secret',
      null,
    );
    homes.push(home);
    const change = (file: string, how: (content: Record<string, object>) => object) =>
      writeFileSync(join(home, file), JSON.stringify(how(JSON.parse(readFileSync(join(home, file), 'utf8')))), { mode: 0o600 });
    change('settings.json', (content) => ({
      ...content,
      routing: { ...content.routing, postmaster: 'postmaster@own.example', ...routing },
    }));
    change('secrets.json', (content) => ({
      ...content,
      ...Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, { sealed: false, value }])),
    }));
    return home;
  }
  async function run(home: string) {
    const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
    const [report] = await running.station['fetch.now']({ id: null, check: false });
    const rows = await running.station['bounce.list']({ days: 1 });
    await running.close();
    return { report, rows };
  }
  const mail = (name: string, subject: string) =>
    dovecot.deposit(
      name,
      `Return-Path: <s@sender.example>\nFrom: <s@sender.example>\nSubject: ${subject}\nMessage-ID: <${name}@sender.example>\n\nx\n`,
    );
  const subjects = (maildir: string) => filesOf(maildir).map((path) => /^Subject: (.*)/m.exec(readFileSync(path, 'latin1'))?.[1] ?? '');
  const left = (name: string) => filesOf(dovecot.maildirOf(name)).length;
  const queueEmpty = () =>
    vi.waitFor(
      () => {
        const queues = ['incoming', 'active', 'maildrop', 'deferred'].map((name) => join(postfix.root, 'queue', name));
        const names = queues.flatMap((queue) => (existsSync(queue) ? readdirSync(queue, { recursive: true }).map(String) : []));
        expect(names.filter((name) => /[0-9A-F]{6,}/.test(name))).toEqual([]);
      },
      { timeout: 30_000, interval: 50 },
    );
  const postmaster = (home: string) => subjects(join(home, 'mail', 'own.example', 'postmaster'));

  test('the account’s target, its certificate pinned', async () => {
    await mail('pinned', 'hello');
    const { report } = await run(scenario('pinned', { target: target() }, { 'joe/relay': 'relayed' }));
    expect(report).toMatchObject({ failure: null, deferred: 0, refused: 0 });
    await queueEmpty();
    expect([subjects(dovecot.maildirOf(boxOf('pinned'))), left('pinned')]).toEqual([['hello'], 0]);
    expect(postfix.log()).toMatch(/sasl_method=\w+, sasl_username=relay@example\.com/);
  });

  test('a mailbox’s own target has a login of its own', async () => {
    await mail('own', 'hello');
    const mailbox = { address: boxOf('own'), path: 'x/', limit: null, target: target() };
    const secrets = {
      'joe/relay': 'of another relay',
      [`${mailboxSecret({ host: '127.0.0.1', port: postfix.port, user: relayUser })}/relay`]: 'relayed',
    };
    const { report } = await run(scenario('own', {}, secrets, { mailboxes: [mailbox] }));
    expect(report).toMatchObject({ failure: null, deferred: 0 });
    await queueEmpty();
    expect([subjects(dovecot.maildirOf(boxOf('own'))), left('own')]).toEqual([['hello'], 0]);
  });

  test.each([
    ['wrong', 'a wrong password', 'not this', {}],
    ['stranger', 'a certificate that nobody vouches for', 'relayed', { pin: undefined, pinnedPem: undefined }],
  ] as const)('%s: %s: the message stays on the server', async (name, _, secret, more) => {
    await mail(name, 'kept');
    const { report } = await run(scenario(name, { target: target({ ...pinned(), ...more }) }, { 'joe/relay': secret }));
    expect(report?.failure?.code ?? 'none').toBe('relay-temporary');
    expect([left(name), subjects(dovecot.maildirOf(boxOf(name)))]).toEqual([1, []]);
  });

  test.each(['postmaster', 'keep', 'bounce'] as const)('550 after DATA: the refusal policy %s applies', async (policy) => {
    await mail(policy, 'forbidden');
    const home = scenario(policy, { target: target(), refusal: policy }, { 'joe/relay': 'relayed' });
    const { report, rows } = await run(home);
    expect(report?.failure).toBe(null);
    expect(rows).toMatchObject([
      { final: boxOf(policy), smtpCode: 550, status: '5.7.1', diagnostic: { text: expect.stringContaining('not this one') } },
    ]);
    await queueEmpty();
    expect(subjects(dovecot.maildirOf(boxOf(policy)))).toEqual([]);
    expect([left(policy), postmaster(home)]).toEqual(policy === 'keep' ? [1, []] : policy === 'bounce' ? [0, []] : [0, ['forbidden']]);
    // By the relay itself, which wants no mail for senders that are not its own.
    expect(rows[0]?.returned?.to ?? null).toBe(policy === 'bounce' ? 's@sender.example' : null);
    // Once: another run tells it no second time.
    expect((await run(home)).rows).toHaveLength(1);
  });

  test.each([true, false])('mail that comes back to its maildrop is a loop, told once (tracepolls %s)', async (tracePolls) => {
    const drop = boxOf('loop');
    await dovecot.deposit(
      drop,
      `Return-Path: <s@sender.example>\nFrom: <s@sender.example>\nSubject: round\nMessage-ID: <loop@sender.example>\n\nx\n`,
    );
    // The relay delivers into the very maildrop that the account fetches.
    const home = scenario(
      'loop',
      { user: drop, target: target(), fetch: { retention: { kind: 'delete' }, tracePolls } },
      { 'joe/relay': 'relayed' },
    );
    expect((await run(home)).report).toMatchObject({ failure: null, deferred: 0 });
    await queueEmpty();
    expect(left(drop)).toBe(1);
    const { report, rows } = await run(home);
    expect(report?.failure).toBe(null);
    await queueEmpty();
    expect(rows).toMatchObject([{ final: drop, smtpCode: 554, status: '5.4.6' }]);
    expect([left(drop), postmaster(home)]).toEqual([0, ['round']]);
  });
});
