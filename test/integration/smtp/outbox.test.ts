// What an account sends through a real submission server (Postfix: STARTTLS, login by Dovecot's SASL) and gets back by POP3.
// kill -9 at each file operation, each row and each line to the server: sent once, or held and asked; one copy in Sent.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { pollCommand } from '../../../electron/command/poll.js';
import { compose } from '../../../electron/message/compose.js';
import { replyPlace } from '../../../electron/message/compose-thread.js';
import { openStation } from '../../../electron/station/open.js';
import type { AccountInput } from '../../../shared/account.js';
import { startAnswerProxy } from '../../support/answer-proxy.js';
import { bundleForNode } from '../../support/child.js';
import { filesOf, inParallel, makeScenario } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';
import { openSender } from '../../support/sender.js';

const user = 'joe@example.com';
const folders: string[] = [];
let dovecot: Dovecot;
let postfix: Postfix;
let child: string;

beforeAll(async () => {
  if (!isRoot) return;
  const sasl = mkdtempSync(join(tmpdir(), 'todoku-sasl-'));
  chmodSync(sasl, 0o755);
  folders.push(sasl);
  dovecot = await startDovecot({
    protocols: ['pop3', 'lmtp'],
    users: [{ name: user, password: 'secret' }],
    extra: `service auth {\n  unix_listener ${sasl}/auth {\n    mode = 0666\n  }\n}\n`,
  });
  postfix = await startPostfix({
    main: {
      ...{ mynetworks: '', virtual_mailbox_domains: 'example.com', virtual_mailbox_maps: `inline:{${user}=joe/}` },
      ...{ virtual_transport: `lmtp:unix:${dovecot.lmtpSocket}`, message_size_limit: '60000000', mailbox_size_limit: '0' },
      ...{ smtpd_tls_cert_file: join(dovecot.root, 'cert.pem'), smtpd_tls_key_file: join(dovecot.root, 'key.pem') },
      ...{ smtpd_tls_security_level: 'may', smtpd_sasl_auth_enable: 'yes', smtpd_sasl_type: 'dovecot', smtpd_sasl_path: `${sasl}/auth` },
      ...{
        smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
        smtpd_recipient_restrictions: 'permit_sasl_authenticated, reject',
      },
    },
  });
  child = await bundleForNode(join(import.meta.dirname, '..', '..', 'support', 'outbox-child.ts'));
}, 120_000);
afterAll(async () => {
  await postfix?.stop();
  await dovecot?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

interface Place {
  readonly home: string;
  readonly sent: string;
  readonly drafts: string;
  readonly outbox: string;
}
/** An account that sends by the real server: STARTTLS with its certificate pinned, and its user's password. */
function account(sending: Partial<NonNullable<AccountInput['sending']>> = {}): Place {
  const pinned = { pin: dovecot.fingerprint256, pinnedPem: dovecot.certPem };
  const place = { host: '127.0.0.1', port: postfix.port, security: 'starttls', ...pinned, ...sending } as const;
  const more = { sending: place, drop: { kind: 'singledrop', to: [user] }, fetch: { retention: { kind: 'delete' } } } as const;
  const { home } = makeScenario({ port: dovecot.pop3Port, user, ...more, drop: { kind: 'singledrop', to: [user] } }, 'secret', null);
  homes.push(home);
  const box = join(home, 'mail', 'example.com', 'joe');
  return { home, sent: join(box, '.Sent'), drafts: join(box, '.Drafts'), outbox: join(home, 'outbox') };
}
const messageOf = (id: string, { sent }: Place) =>
  ({ id, account: 'joe', sender: user, recipients: [user], kind: 'mail', sentFolder: sent, subject: id }) as const;
const bytesOf = (id: string) =>
  Buffer.from(`From: <${user}>\nTo: <${user}>\nSubject: ${id}\nMessage-ID: <${id}@example.com>\n\n.dot\n${id}\n`);
const times = (folder: string, id: string) =>
  filesOf(folder).filter((path) => readFileSync(path, 'latin1').includes(`Subject: ${id}\n`)).length;

interface Kill {
  readonly call: number;
  readonly after: boolean;
}
function run(
  place: Place,
  id: string,
  kill: Kill | null,
  edit = false,
): Promise<{ killed: boolean; queued: boolean; deeds: readonly string[] }> {
  const message = { ...messageOf(id, place), ...(edit ? { notBefore: Date.now() + 3_600_000 } : {}) };
  const program = spawn(process.execPath, [
    child,
    JSON.stringify({ home: place.home, message, bytes: bytesOf(id).toString('base64'), edit, kill }),
  ]);
  let [text, errors] = ['', ''];
  program.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  program.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve, reject) =>
    program.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) return reject(new Error(errors));
      const [queued, ...deeds] = text.trimEnd().split('\n');
      resolve({ killed: signal === 'SIGKILL', queued: queued === 'queued', deeds });
    }),
  );
}

/** Nothing is on its way in Postfix any more. */
const delivered = () =>
  vi.waitFor(
    () => {
      const queues = ['incoming', 'active', 'maildrop', 'deferred'].map((name) => join(postfix.root, 'queue', name));
      const names = queues.flatMap((queue) => (existsSync(queue) ? readdirSync(queue, { recursive: true }).map(String) : []));
      expect(names.filter((name) => /[0-9A-F]{6,}/.test(name))).toEqual([]);
    },
    { timeout: 60_000, interval: 50 },
  );

describe.skipIf(!isRoot)('a real submission server (needs root)', () => {
  test('kill -9 at each step of sending: sent once, or held and asked', { timeout: 300_000 }, async () => {
    const { deeds } = await run(account(), 'whole', null);
    const rows = deeds.flatMap((deed, index) => (deed === 'row' ? [index + 1] : []));
    // Written when it is queued, before the end of the message goes out, after the answer, and once the copy stands in Sent.
    const [, ending = 0, answered = 0] = rows;
    expect([rows.length, ending > 0, answered > ending]).toEqual([4, true, true]);
    const kills = deeds.flatMap((deed, index): Kill[] => {
      const before = { call: index + 1, after: false };
      // After QUIT the answer may be in the row already, or not.
      const both = (deed.startsWith('write') && deed !== 'write QUIT') || index === deeds.length - 1;
      return both ? [before, { ...before, after: true }] : [before];
    });
    const found = await inParallel(kills, 2, async (kill) => {
      const [place, id] = [account(), `kill-${kill.call}-${kill.after}`];
      const { killed, queued } = await run(place, id, kill);
      const { outbox, close } = await openSender(place.home);
      await outbox.flush();
      const [row] = await outbox.calls['outbox.list']({});
      const state = row?.state ?? 'none';
      if (state === 'held') await outbox.calls['outbox.settle']({ id, how: 'sent' });
      await close();
      return {
        id,
        kill,
        deed: deeds[kill.call - 1],
        killed,
        queued,
        state,
        copies: times(place.sent, id),
        left: readdirSync(place.outbox).length,
      };
    });
    await delivered();
    const told = found.map((one) => ({ ...one, arrived: times(dovecot.maildirOf(user), one.id) }));
    const wrong = told.filter(({ kill, killed, queued, state, copies, left, arrived }) => {
      if (!killed || left > 0) return true;
      if (state === 'none') return queued || copies + arrived > 0;
      // Only between the row that says `sending` and the one that says `sent` nobody knows.
      const doubtful = (kill.call > ending && kill.call < answered) || (kill.call === answered && !kill.after);
      return state !== (doubtful ? 'held' : 'sent') || copies !== 1 || (doubtful ? arrived > 1 : arrived !== 1);
    });
    const count = (state: string) => told.filter((one) => one.state === state).length;
    console.log(
      `outbox crash matrix: kill -9 | kills ${told.filter(({ killed }) => killed).length} of ${kills.length} | sent once ${count('sent')} | held ${count('held')} (${told.filter(({ state, arrived }) => state === 'held' && arrived === 1).length} had arrived) | never queued ${count('none')} | wrong ${wrong.length}`,
    );
    expect(wrong).toEqual([]);
    expect(Math.min(count('sent'), count('held'), count('none'))).toBeGreaterThan(0);
  });

  test('kill -9 while a message becomes a draft again: one draft, and it is never sent', { timeout: 120_000 }, async () => {
    const whole = account();
    const { deeds } = await run(whole, 'edit', null, true);
    expect(filesOf(whole.drafts)).toHaveLength(1);
    const kills = [...deeds.keys()].map((index): Kill => ({ call: index + 1, after: index === deeds.length - 1 }));
    const found = await inParallel(kills, 2, async (kill) => {
      const [place, id] = [account(), `edit-${kill.call}-${kill.after}`];
      const { killed } = await run(place, id, kill, true);
      const { outbox, close } = await openSender(place.home);
      await outbox.flush();
      const [row] = await outbox.calls['outbox.list']({});
      // Killed before it was marked, it waits as it did; the person asks again.
      if (row?.state === 'queued') await outbox.calls['outbox.settle']({ id, how: 'edit' });
      const after = await outbox.calls['outbox.list']({});
      await close();
      return {
        deed: deeds[kill.call - 1],
        killed,
        drafts: times(place.drafts, id),
        after: after.length,
        left: readdirSync(place.outbox).length,
      };
    });
    expect(found.filter(({ killed, drafts, after, left }) => !killed || drafts !== 1 || after + left > 0)).toEqual([]);
    await delivered();
    expect(filesOf(dovecot.maildirOf(user)).filter((path) => readFileSync(path, 'latin1').includes('Subject: edit-'))).toEqual([]);
  });

  test('the answer is lost after the message: held, not sent again; Sent when the person says so', async () => {
    const proxy = await startAnswerProxy({ host: '127.0.0.1', port: postfix.port }, /\r\n\.\r\n$/, /^250 /m);
    const place = account({ port: proxy.port, security: 'none' });
    proxy.lose(1);
    const { outbox, close } = await openSender(place.home);
    await outbox.queue(messageOf('lost', place), bytesOf('lost'));
    expect(await outbox.flush()).toMatchObject([{ state: 'held', failure: { code: 'sending-unknown' } }]);
    expect(await outbox.flush()).toEqual([]);
    await outbox.calls['outbox.settle']({ id: 'lost', how: 'sent' });
    await close();
    await proxy.close();
    await delivered();
    expect([times(dovecot.maildirOf(user), 'lost'), times(place.sent, 'lost')]).toEqual([1, 1]);
  });

  test('held mail that is edited and killed midway stays held', async () => {
    const proxy = await startAnswerProxy({ host: '127.0.0.1', port: postfix.port }, /\r\n\.\r\n$/, /^250 /m);
    const place = account({ port: proxy.port, security: 'none' });
    proxy.lose(1);
    const first = await openSender(place.home);
    await first.outbox.queue(messageOf('doubt', place), bytesOf('doubt'));
    await first.outbox.flush();
    await first.close();
    await proxy.close();
    const { deeds } = await run(place, 'doubt', { call: 3, after: false }, true);
    expect(deeds).toEqual([]);
    const { outbox, close } = await openSender(place.home);
    expect(await outbox.flush()).toEqual([]);
    expect(await outbox.calls['outbox.list']({})).toMatchObject([{ state: 'held' }]);
    await close();
  });

  test('`todoku poll` sends what waits in the outbox, and says so', async () => {
    const place = account();
    const { deeds } = await run(account(), 'polled-first', null);
    // Killed after the row was written: queued, and not tried.
    const { queued } = await run(place, 'polled', { call: deeds.indexOf('row') + 2, after: false });
    expect([queued, times(place.sent, 'polled')]).toEqual([true, 0]);
    const said = await poll(place.home);
    expect(said).toContain(`sending message to ${user} (${bytesOf('polled').length} octets) sent`);
    await delivered();
    expect([times(dovecot.maildirOf(user), 'polled'), times(place.sent, 'polled')]).toEqual([1, 1]);
    await poll(place.home);
    expect(times(join(place.home, 'mail', 'example.com', 'joe'), 'polled')).toBe(1);
  });

  test('there and back: in Sent, in the inbox, one thread; the answered one is marked; 20 MB whole for Python', async () => {
    const place = account();
    // What other tests have sent to the same user.
    for (const path of filesOf(dovecot.maildirOf(user))) rmSync(path);
    await dovecot.deposit(user, 'From: <ann@far.example>\nSubject: plan\nMessage-ID: <topic@far.example>\n\nhello\n');
    await poll(place.home);
    const content = Buffer.alloc(20 * 1024 * 1024, 'octets that differ \0\xff', 'latin1');
    const bytes = await compose({
      ...{ from: { name: '山田 太郎', address: user }, replyTo: [], to: [{ name: '', address: user }], cc: [], bcc: [] },
      place: replyPlace({ messageId: '<topic@far.example>', references: [], inReplyTo: [], subject: 'plan 会議' }),
      ...{ text: 'はい。\n', html: null, date: new Date('2026-11-24T01:02:03Z'), messageId: '<answer@example.com>' },
      files: [{ name: '見積書.pdf', type: 'application/pdf', content, contentId: null }],
    });
    const sender = await openSender(place.home);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const mark = { messageId: '<topic@far.example>', flag: 'answered' } as const;
    await sender.outbox.queue({ ...messageOf('answer', place), mark }, bytes);
    expect(await sender.outbox.flush()).toMatchObject([{ state: 'sent', failure: null }]);
    delay.disable();
    console.log(`${bytes.length} octets sent; the thread was held ${Math.round(delay.max / 1e6)} ms at most`);
    await sender.close();
    await delivered();
    await poll(place.home);
    const running = await openStation({ home: place.home, keyring: null, sample: false, schedule: false, notices: [] });
    const inbox = join(place.home, 'mail', 'example.com', 'joe');
    try {
      const boxes = await running.station['mailbox.list']({});
      const folder = (role: string) => boxes.flatMap(({ folders }) => folders).find((one) => one.role === role)?.id ?? '';
      const list = (role: string) =>
        vi.waitFor(async () => {
          const { rows } = await running.station['message.list']({ ...listed, folder: folder(role) });
          expect(rows).toHaveLength(role === 'inbox' ? 2 : 1);
          return rows;
        });
      const [sent] = await list('sent');
      expect(sent).toMatchObject({ messageId: '<answer@example.com>', subject: 'Re: plan 会議', attachments: 1, flags: { seen: true } });
      const there = await list('inbox');
      const topic = there.find(({ messageId }) => messageId === '<topic@far.example>');
      expect(topic?.flags.answered).toBe(true);
      const thread = await running.station['message.thread']({ thread: topic?.thread ?? '' });
      expect(new Set(thread.map(({ messageId }) => messageId))).toEqual(new Set(['<topic@far.example>', '<answer@example.com>']));
      expect(new Set([...there, ...(await list('sent'))].map((one) => one.thread)).size).toBe(1);
    } finally {
      await running.close();
    }
    const [file = ''] = filesOf(inbox).filter((path) => readFileSync(path).includes('Message-ID: <answer@example.com>'));
    const read = JSON.parse(execFileSync('python3', ['-c', python, file], { maxBuffer: 1e8 }).toString());
    expect(read).toEqual(['山田 太郎', 'Re: plan 会議', 'はい。\n', '見積書.pdf', createHash('sha256').update(content).digest('hex'), []]);
  });
});

const listed = { smart: null, search: '', filter: 'all', sort: 'date', descending: true, threads: 'flat', offset: 0, limit: 100 } as const;
const python = `
import sys, json, hashlib, email
from email import policy
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=policy.default)
part = next(m.iter_attachments())
print(json.dumps([m['from'].addresses[0].display_name, m['subject'], m.get_body().get_content().replace('\\r\\n', '\\n'), part.get_filename(),
  hashlib.sha256(part.get_content()).hexdigest(), [str(one) for one in m.defects]]))
`;

/** The command, and all that it said. */
async function poll(home: string): Promise<string> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const io = { out: say, err: say, stdin: process.stdin, home, json: false, verbose: false, language: 'en' } as const;
  await pollCommand([], { check: false }, io);
  return lines.join('\n');
}
