// Writing through the station's calls, on a real folder: begun, saved, found again, sent into a real outbox.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunningStation } from '../../../electron/station/context.js';
import { openStation } from '../../../electron/station/open.js';
import { account } from '../../../shared/account.js';
import type { ComposeDraft } from '../../../shared/compose.js';
import { type CallInput, type CallName, type CallOutput, contract } from '../../../shared/contract.js';
import { type FakeSmtp, fakeSmtp } from '../../support/fake-smtp.js';

const undo: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work();
});

const letter = (head: string, text = 'Shall we meet?\n\n-- \nAnn') =>
  Buffer.from(
    `From: =?UTF-8?B?5bGx55Sw?= <ann@b.example>\nTo: joe@a.example, Eve <eve@c.example>\nDate: Tue, 24 Nov 2026 09:00:00 +0900\n${head}\n\n${text}\n`,
  );
const plan = 'Subject: the plan\nMessage-ID: <plan@b.example>';

interface Place {
  readonly home: string;
  readonly maildir: string;
  readonly smtp: FakeSmtp;
  running: RunningStation;
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  reopen(): Promise<void>;
}

async function place(...letters: readonly Buffer[]): Promise<Place> {
  const home = mkdtempSync(join(tmpdir(), 'todoku-compose-'));
  const maildir = join(home, 'mail', 'a.example', 'joe');
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true });
  for (const [index, bytes] of letters.entries()) writeFileSync(join(maildir, 'cur', `17000000${index}.M1P1.host:2,`), bytes);
  const smtp = await fakeSmtp();
  const open = () => openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const made: Place = {
    ...{ home, maildir, smtp, running: await open() },
    call: async (name, input) => (made.running.station[name] as (input: unknown) => Promise<never>)(contract[name].input.parse(input)),
    async reopen() {
      await made.running.close();
      made.running = await open();
    },
  };
  undo.push(async () => {
    await made.running.close();
    await smtp.close();
    rmSync(home, { recursive: true, force: true });
  });
  const { call } = made;
  const { scanner } = await call('settings.read', {});
  await call('settings.write', { scanner: { ...scanner, mode: 'off' } });
  const way = { host: '127.0.0.1', port: 1, security: 'none' as const, user: 'joe', secret: { kind: 'file' as const } };
  const identities = [
    { name: 'Joe', address: 'joe@a.example', signature: 'Joe\na.example' },
    { name: '浩', address: 'hiroshi@a.example', replyTo: 'desk@a.example' },
  ];
  const drop = { kind: 'singledrop' as const, to: ['joe@a.example'] };
  const sending = { host: '127.0.0.1', port: smtp.port, security: 'none' as const, anonymous: true };
  await call('account.save', { account: account.parse({ id: 'joe', name: 'Joe', ...way, drop, sending, identities }), secret: 'x' });
  return made;
}
const eventually = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 20_000, interval: 20 });
async function idOf(at: Place, subject: string): Promise<string> {
  return eventually(async () => {
    const { rows } = await at.call('message.list', {});
    const found = rows.find((row) => row.subject === subject);
    expect(found).toBeDefined();
    return found?.id ?? '';
  });
}
const draftsOf = (at: Place) => {
  const cur = join(at.maildir, '.Drafts', 'cur');
  return existsSync(cur) ? readdirSync(cur).map((name) => readFileSync(join(cur, name), 'latin1')) : [];
};
const write = (draft: ComposeDraft, change: Partial<ComposeDraft['content']>) => ({
  draft: draft.id,
  content: { ...draft.content, ...change },
});
const attach = (at: Place, draft: string, name: string, bytes: Buffer, type = 'application/pdf') =>
  at.call('compose.attach', { draft, name, type, offset: 0, data: bytes.toString('base64'), last: true });

test('a reply goes to its author, as the one it was sent to, quoted, in its topic', async () => {
  const at = await place(letter(plan));
  const draft = await at.call('compose.start', { kind: 'reply', message: await idOf(at, 'the plan') });
  expect(draft).toMatchObject({
    topic: 'continued',
    content: { account: 'joe', from: 'joe@a.example', to: '山田 <ann@b.example>', cc: '', subject: 'Re: the plan' },
  });
  expect(draft.content.text).toMatch(/^\n\nOn Tuesday.* 山田 wrote:\n> Shall we meet\?\n\n-- \nJoe\na\.example$/);
  const all = await at.call('compose.start', { kind: 'reply-all', message: await idOf(at, 'the plan'), language: 'ja' });
  expect(all.content).toMatchObject({ to: '山田 <ann@b.example>', cc: 'Eve <eve@c.example>' });
  expect(all.content.text).toContain('山田 さん:');
});

test('a draft is a message in Drafts, replaced by the next one, and found again by a station that was started anew', async () => {
  const at = await place(letter(plan));
  const draft = await at.call('compose.start', { kind: 'topic', message: await idOf(at, 'the plan') });
  expect(draftsOf(at)).toEqual([]);
  const file = await attach(at, draft.id, '議事録.pdf', Buffer.from('%PDF'));
  const text = `  indented\n> quoted\nFrom here\n${'long words '.repeat(20).trim()}\n日本語の${'長い文。'.repeat(40)}\n\n-- \nJoe`;
  const change = { to: 'Eve <eve@c.example>, half', text, subject: '件名 the subject', files: [file.id] };
  await at.call('compose.save', write(draft, { ...change, text: 'first' }));
  await at.call('compose.save', write(draft, change));
  const [kept = '', ...others] = draftsOf(at);
  expect(others).toEqual([]);
  expect(kept).toContain('In-Reply-To: <plan@b.example>');
  expect(kept).toContain('To: Eve <eve@c.example>\n');
  await at.reopen();
  const again = await at.call('compose.open', { draft: draft.id });
  expect(again).toMatchObject({ topic: 'continued', files: [{ name: '議事録.pdf', type: 'application/pdf', octets: 4 }] });
  expect(again.content).toMatchObject({ to: change.to, text, subject: change.subject });
  expect((await at.call('compose.open', { draft: draft.id })).id).toBe(draft.id);
  await at.call('compose.drop', { draft: draft.id });
  expect(draftsOf(at)).toEqual([]);
});

test('what a crash left is cleared up: the older copy of a draft, and a draft that is in the outbox', async () => {
  const at = await place();
  const [one, two] = [await at.call('compose.start', { kind: 'new' }), await at.call('compose.start', { kind: 'new' })];
  const cur = join(at.maildir, '.Drafts', 'cur');
  await at.call('compose.save', write(one, { text: 'old' }));
  const [name = ''] = readdirSync(cur);
  const old = readFileSync(join(cur, name));
  await at.call('compose.save', write(one, { text: 'newer' }));
  await at.call('compose.save', write(two, { text: 'sent', to: 'eve@c.example' }));
  const before = Object.fromEntries(readdirSync(cur).map((each) => [each, readFileSync(join(cur, each))]));
  await at.call('compose.send', write(two, { text: 'sent', to: 'eve@c.example' }));
  await at.running.close();
  writeFileSync(join(cur, name), old);
  for (const [each, bytes] of Object.entries(before)) writeFileSync(join(cur, each), bytes);
  expect(readdirSync(cur)).toHaveLength(3);
  at.running = await openStation({ home: at.home, keyring: null, sample: false, schedule: false, notices: [] });
  expect((await at.call('compose.open', { draft: one.id })).content.text).toBe('newer');
  expect(readdirSync(cur)).toHaveLength(1);
});

test("another program's draft is gone on with, and replaced", async () => {
  const at = await place();
  const folder = join(at.maildir, '.Drafts');
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(
    join(folder, 'cur', '1700000000.M1P1.host:2,DS'),
    'From: hiroshi@a.example\nTo: eve@c.example\nSubject: half\nMessage-ID: <h@a.example>\nIn-Reply-To: <plan@b.example>\nReferences: <root@b.example> <plan@b.example>\n\nnot yet\n',
  );
  await at.reopen();
  const draft = await at.call('compose.start', { kind: 'draft', message: await idOf(at, 'half') });
  expect(draft).toMatchObject({ topic: 'continued', content: { from: 'hiroshi@a.example', to: 'eve@c.example', text: 'not yet' } });
  await at.call('compose.save', write(draft, { text: 'finished' }));
  const [kept = '', ...others] = draftsOf(at);
  expect(others).toEqual([]);
  expect(kept).toMatch(/References: <root@b.example> <plan@b.example>\n[\s\S]*finished/);
});

test("another program's HTML draft is gone on with as text, and stays", async () => {
  const at = await place();
  const folder = join(at.maildir, '.Drafts');
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(folder, part), { recursive: true });
  const html = 'From: joe@a.example\nSubject: rich\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>a <b>bold</b> word</p>\n';
  writeFileSync(join(folder, 'cur', '1700000000.M1P1.host:2,DS'), html);
  await at.reopen();
  const draft = await at.call('compose.start', { kind: 'draft', message: await idOf(at, 'rich') });
  await at.call('compose.save', write(draft, { text: `${draft.content.text} more` }));
  const kept = draftsOf(at);
  expect(kept).toContain(html);
  expect(kept.filter((text) => text.includes('a bold word more'))).toHaveLength(1);
});

test('what another wrote into our header field is no draft of ours: no folder of its naming, and nothing of it is replaced', async () => {
  const content = { account: 'joe', from: 'joe@a.example', to: '', cc: '', bcc: '', replyTo: '', subject: 'x', japanese: false };
  const place_ = { inReplyTo: null, references: [], branchedFrom: null };
  const field = (id: string) => {
    const state = { id, revision: 7, messageId: '<x@a.example>', mark: null, place: place_, content, files: [] };
    return `X-Todoku-Draft: ${Buffer.from(JSON.stringify(state)).toString('base64')}`;
  };
  const at = await place(
    letter(`Subject: elsewhere\n${field('../../mail')}`),
    letter(`Subject: a stranger\n${field('5b0f1c7e-7d57-4c1e-9a76-000000000000')}`),
  );
  for (const subject of ['elsewhere', 'a stranger']) {
    const draft = await at.call('compose.start', { kind: 'draft', message: await idOf(at, subject) });
    expect(draft.id).not.toMatch(/mail|000000000000/);
    await at.call('compose.save', write(draft, { text: 'mine' }));
    await at.call('compose.drop', { draft: draft.id });
  }
  expect(readdirSync(join(at.maildir, 'cur'))).toHaveLength(2);
});

test('a window that stayed open over a restart keeps the attachments of its draft', async () => {
  const at = await place();
  const draft = await at.call('compose.start', { kind: 'new' });
  const files = [await attach(at, draft.id, 'a.pdf', Buffer.from('%PDF a')), await attach(at, draft.id, 'b.pdf', Buffer.from('%PDF b'))];
  const ids = files.map(({ id }) => id);
  await at.call('compose.save', write(draft, { files: ids, text: 'before' }));
  await at.reopen();
  await at.call('compose.save', write(draft, { files: ids, text: 'after' }));
  const [kept = '', ...others] = draftsOf(at);
  expect(others).toEqual([]);
  expect([kept.includes('after'), kept.includes('a.pdf'), kept.includes('b.pdf')]).toEqual([true, true, true]);
});

test('an attachment that is not here, or not whole, is said: nothing is saved or sent without it', async () => {
  const at = await place();
  const draft = await at.call('compose.start', { kind: 'new' });
  await at.call('compose.save', write(draft, { text: 'first' }));
  const half = await at.call('compose.attach', { draft: draft.id, name: 'a.pdf', type: '', offset: 0, data: 'JVBERg==', last: false });
  for (const files of [['gone'], [half.id]])
    await expect(at.call('compose.send', write(draft, { to: 'eve@c.example', files }))).rejects.toMatchObject({ code: 'conflict' });
  await expect(at.call('compose.save', write(draft, { files: ['gone'], text: 'second' }))).rejects.toMatchObject({ code: 'conflict' });
  expect(draftsOf(at).map((text) => text.includes('first'))).toEqual([true]);
});

test('sent once, ten seconds later, with its files and without the marks of a draft; answered is marked', async () => {
  const at = await place(letter(plan));
  const draft = await at.call('compose.start', { kind: 'reply', message: await idOf(at, 'the plan') });
  const file = await attach(at, draft.id, 'a.pdf', Buffer.alloc(200_000, 'x'));
  const ready = write(draft, { bcc: 'secret@c.example', files: [file.id], text: 'Yes.' });
  await at.call('compose.save', ready);
  const before = Date.now();
  const { outbox, notBefore } = await at.call('compose.send', ready);
  expect(Date.parse(notBefore) - before).toBeGreaterThanOrEqual(9_900);
  await expect(at.call('compose.save', ready)).rejects.toMatchObject({ code: 'not-found' });
  expect(draftsOf(at)).toEqual([]);
  expect(at.smtp.messages).toEqual([]);
  await at.call('outbox.settle', { id: outbox, how: 'now' });
  await eventually(() => expect(at.smtp.messages).toHaveLength(1));
  const [sent] = at.smtp.messages;
  expect(sent?.to).toEqual(['ann@b.example', 'secret@c.example']);
  expect(sent?.text).not.toMatch(/X-Todoku-Draft|secret/);
  expect(sent?.text.match(/^eHh4/gm)?.length).toBeGreaterThan(3000);
  const id = await idOf(at, 'the plan');
  await eventually(async () => {
    expect((await at.call('message.open', { id })).envelope.flags.answered).toBe(true);
    expect(readdirSync(join(at.maildir, '.Sent', 'cur'))).toHaveLength(1);
  });
});

test('undone, it is a draft again', async () => {
  const at = await place();
  const draft = await at.call('compose.start', {
    kind: 'new',
    mailto: 'mailto:eve@c.example?subject=Tea%20%26%20cake&body=At%20five%3F&attach=/etc/passwd',
  });
  expect(draft.content).toMatchObject({ to: 'eve@c.example', subject: 'Tea & cake', files: [] });
  expect(draft.content.text).toBe('At five?\n\n-- \nJoe\na.example');
  const { outbox } = await at.call('compose.send', write(draft, {}));
  const { message } = await at.call('outbox.settle', { id: outbox, how: 'edit' });
  const again = await at.call('compose.start', { kind: 'draft', message });
  expect(again.content).toMatchObject({ to: 'eve@c.example', subject: 'Tea & cake', text: draft.content.text });
  expect(again.id).not.toBe(draft.id);
  await at.call('compose.send', write(again, {}));
  expect(draftsOf(at)).toEqual([]);
});

test('what cannot be sent is refused, and stays', async () => {
  const at = await place();
  const draft = await at.call('compose.start', { kind: 'new' });
  await expect(at.call('compose.send', write(draft, { to: 'nobody' }))).rejects.toMatchObject({ code: 'usage' });
  await expect(at.call('compose.send', write(draft, {}))).rejects.toMatchObject({ code: 'usage' });
  await expect(
    at.call('compose.attach', { draft: draft.id, file: 'x', name: 'a', type: '', offset: 5, data: '', last: true }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect((await at.call('compose.open', { draft: draft.id })).id).toBe(draft.id);
});

const python = `
import sys, email
from email import policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
for p in m.walk():
    print(p.get_content_type(), p.get_filename() or '', [str(d) for d in p.defects])
inner = [p for p in m.walk() if p.get_content_type() == 'message/rfc822']
print(inner[0].get_content()['subject'] if inner else m.get_body().get_content())
`;
async function sentAs(at: Place, draft: ComposeDraft, change: Partial<ComposeDraft['content']>): Promise<string> {
  const { outbox } = await at.call('compose.send', write(draft, { to: 'eve@c.example', ...change }));
  await at.call('outbox.settle', { id: outbox, how: 'now' });
  await eventually(() => expect(at.smtp.messages).toHaveLength(1));
  return at.smtp.messages[0]?.text ?? '';
}

test('forwarded inline with its files, or whole as an attachment that Python opens', async () => {
  const mixed = 'Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0';
  const parts =
    '--b\nContent-Type: text/plain\n\nsee file\n--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b--';
  const at = await place(letter(`${plan}\n${mixed}`, parts));
  const id = await idOf(at, 'the plan');
  const inline = await at.call('compose.start', { kind: 'forward', message: id });
  expect(inline).toMatchObject({ topic: 'new', content: { to: '', subject: 'Fwd: the plan' }, files: [{ name: 'a.pdf', octets: 4 }] });
  expect(inline.content.text).toMatch(
    /^\n\n-- \nJoe\na\.example\n\n-------- Forwarded message --------\nFrom: 山田 <ann@b.example>\n[\s\S]*see file\n$/,
  );
  const attached = await at.call('compose.start', { kind: 'forward-attached', message: id });
  expect(attached.files).toMatchObject([{ name: 'the plan.eml', type: 'message/rfc822' }]);
  const text = await sentAs(at, attached, {});
  const read = execFileSync('python3', ['-c', python], { input: Buffer.from(text, 'latin1') }).toString();
  expect(read).toContain('message/rfc822 the plan.eml []');
  expect(read.trim().split('\n').at(-1)).toBe('the plan');
});

test('resent, it is the same message with a new envelope', async () => {
  const at = await place(letter(`Delivered-To: joe@a.example\n${plan}`));
  const draft = await at.call('compose.start', { kind: 'resend', message: await idOf(at, 'the plan') });
  expect(draft.kind).toBe('resend');
  const text = await sentAs(at, draft, {});
  expect(text).toMatch(
    /^Resent-Date: .*\r\nResent-From: Joe <joe@a.example>\r\nResent-To: eve@c.example\r\nResent-Message-ID: <.*\r\nFrom: =\?UTF-8\?B\?5bGx55Sw\?= <ann@b.example>/,
  );
  expect(text).toContain('Message-ID: <plan@b.example>');
  expect(text).not.toContain('Delivered-To');
});

test('ISO-2022-JP on request is what Python reads; a sign that it lacks is named', async () => {
  const at = await place();
  const draft = await at.call('compose.start', { kind: 'new' });
  const change = {
    from: 'hiroshi@a.example',
    subject: '会議の件について、お知らせいたします（第二回）',
    text: 'ﾊﾝｶｸと全角〜波線\n',
    japanese: true,
  };
  expect(await at.call('compose.save', write(draft, { ...change, text: '①と㈱と😀' }))).toMatchObject({ missing: '①㈱😀' });
  const text = await sentAs(at, draft, change);
  expect(text).toMatch(/^Subject: =\?ISO-2022-JP\?B\?/m);
  expect(text).toContain('From: =?ISO-2022-JP?B?GyRCOUAbKEI=?= <hiroshi@a.example>');
  expect(text).not.toMatch(/[^\x00-\x7f]/);
  const script =
    "import sys,email\nfrom email import policy\nm=email.message_from_bytes(sys.stdin.buffer.read(),policy=policy.default)\nprint(m['subject']);print(m.get_body().get_content())";
  const read = execFileSync('python3', ['-c', script], { input: Buffer.from(text, 'latin1') })
    .toString()
    .replaceAll('\r', '');
  expect(read).toBe(`${change.subject}\nハンカクと全角〜波線\n\n`);
});

test('addresses come from the mail that is here', async () => {
  const at = await place(letter(plan), letter('Subject: two\nMessage-ID: <2@b>'));
  await idOf(at, 'two');
  const people = async (typed: string) => (await at.call('compose.people', { typed })).map(({ address }) => address);
  expect(await people('山田')).toEqual(['ann@b.example']);
  expect(await people('eve')).toEqual(['eve@c.example']);
  expect(await people('"')).toEqual([]);
});
