// The outbox against a server that answers as it is told: sent once, held where the answer is lost, told where one is refused.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { homePaths } from '../../../electron/station/home.js';
import { openLedger } from '../../../electron/station/ledger.js';
import { type Outbox, openOutbox } from '../../../electron/station/outbox.js';
import { openOutboxRows } from '../../../electron/station/outbox-rows.js';
import type { OutboxRow } from '../../../shared/outbox.js';
import { type FakeSmtp, type FakeSmtpScript, fakeSmtp } from '../../support/fake-smtp.js';

const message = Buffer.from(
  'From: <joe@a.example>\nTo: <ann@b.example>\nBcc: <secret@b.example>,\n <other@b.example>\nSubject: hello\n\n.dot\nbody\n',
);
const undo: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work();
});

function newHome() {
  const home = homePaths(mkdtempSync(join(tmpdir(), 'todoku-outbox-')));
  mkdirSync(home.outbox);
  undo.push(async () => rmSync(home.root, { recursive: true, force: true }));
  return home;
}
async function server(script: FakeSmtpScript = {}): Promise<FakeSmtp> {
  const fake = await fakeSmtp(script);
  undo.push(() => fake.close());
  return fake;
}
async function open(home: ReturnType<typeof newHome>, port: number, copies: string[] = []): Promise<Outbox> {
  const ledger = openLedger(home.ledger);
  const outbox = await openOutbox({
    home,
    log: () => undefined,
    emit: () => undefined,
    rows: openOutboxRows(ledger.database),
    optionsOf: async () => ({ host: '127.0.0.1', port, security: 'none', login: null, timeoutSeconds: 5, pin: null, pinnedPem: null }),
    fileCopy: async (folder, _, path) => void copies.push(`${folder}: ${readFileSync(path, 'latin1')}`),
    toDraft: async () => 'draft-1',
    marked: async () => undefined,
    schedule: true,
  });
  undo.push(async () => {
    await outbox.close();
    ledger.close();
  });
  return outbox;
}
const one = {
  id: 'one',
  account: 'joe',
  sender: 'joe@a.example',
  recipients: ['ann@b.example'],
  kind: 'mail',
  sentFolder: 'Sent',
} as const;
const rows = (outbox: Outbox) => outbox.calls['outbox.list']({});
async function reached(outbox: Outbox, state: OutboxRow['state']): Promise<OutboxRow> {
  return vi.waitFor(
    async () => {
      const [row] = await rows(outbox);
      expect(row?.state).toBe(state);
      return row as OutboxRow;
    },
    { timeout: 20_000, interval: 20 },
  );
}

test('sent once, without its Bcc, with one copy; the same id again is nothing', async () => {
  const [fake, home, copies] = [await server(), newHome(), [] as string[]];
  const outbox = await open(home, fake.port, copies);
  await outbox.queue(one, message);
  await reached(outbox, 'sent');
  await vi.waitFor(() => expect(readdirSync(home.outbox)).toEqual([]));
  await outbox.queue(one, message);
  expect(fake.messages.map(({ text }) => text)).toEqual([
    'From: <joe@a.example>\r\nTo: <ann@b.example>\r\nSubject: hello\r\n\r\n..dot\r\nbody\r\n',
  ]);
  expect(copies).toEqual([`Sent: ${message.toString()}`]);
});

test('an answer that is lost is held and asked; nothing is sent again by itself, nor after a restart', async () => {
  const [fake, home] = [await server({ answers: { end: ['cut', '250 ok'] } }), newHome()];
  const outbox = await open(home, fake.port);
  await outbox.queue(one, message);
  expect((await reached(outbox, 'held')).failure?.code).toBe('sending-unknown');
  await outbox.close();
  const later = await open(home, fake.port);
  expect((await rows(later))[0]?.state).toBe('held');
  expect(fake.messages).toHaveLength(1);
  await later.calls['outbox.settle']({ id: 'one', how: 'again' });
  await reached(later, 'sent');
  expect(fake.messages).toHaveLength(2);
});

test('what the row says before the end goes out is held by the next start', async () => {
  const [fake, home] = [await server({ answers: { end: 'silence' } }), newHome()];
  const ledger = openLedger(home.ledger);
  undo.push(async () => ledger.close());
  const outbox = await open(home, fake.port);
  await outbox.queue(one, message);
  await vi.waitFor(() => expect(openOutboxRows(ledger.database).find('one')?.state).toBe('sending'));
  // As after kill -9: another station opens the same ledger.
  const next = await open(home, fake.port);
  const [row] = await rows(next);
  expect([row?.state, row?.failure?.code]).toEqual(['held', 'sending-unknown']);
  await next.calls['outbox.settle']({ id: 'one', how: 'sent' });
  expect((await rows(next))[0]?.state).toBe('sent');
  expect(fake.messages).toHaveLength(1);
  await fake.close();
});

test('a refused recipient is told, and the accepted one gets nothing again', async () => {
  const script = { answers: { 'RCPT TO:<bad@b.example>': ['550 5.1.1 unknown', '250 ok'] } };
  const [fake, home] = [await server(script), newHome()];
  const outbox = await open(home, fake.port);
  await outbox.queue({ ...one, recipients: ['ann@b.example', 'bad@b.example'] }, message);
  const row = await reached(outbox, 'failed');
  expect(row.recipients.map(({ state }) => state)).toEqual(['accepted', 'refused']);
  await outbox.calls['outbox.settle']({ id: 'one', how: 'again' });
  await reached(outbox, 'sent');
  expect(fake.messages.map(({ to }) => to)).toEqual([['ann@b.example'], ['bad@b.example']]);
});

test('a server that is not there: kept, with why and when next; undone it becomes a draft and is never sent', async () => {
  const [fake, home] = [await server({ answers: { 'MAIL FROM': '451 4.3.0 later' } }), newHome()];
  const outbox = await open(home, fake.port);
  await outbox.queue(one, message);
  await vi.waitFor(async () => expect((await rows(outbox))[0]?.failure?.code).toBe('relay-temporary'));
  expect((await rows(outbox))[0]?.next).not.toBeNull();
  expect(await outbox.calls['outbox.settle']({ id: 'one', how: 'edit' })).toEqual({ message: 'draft-1' });
  expect(await rows(outbox)).toEqual([]);
  expect(existsSync(home.outbox) && readdirSync(home.outbox)).toEqual([]);
  await outbox.queue(one, message);
  expect(fake.messages).toEqual([]);
});

test('a message that can still be undone is not sent before its time', async () => {
  const [fake, home] = [await server(), newHome()];
  const outbox = await open(home, fake.port);
  await outbox.queue({ ...one, notBefore: Date.now() + 3_600_000 }, message);
  expect((await rows(outbox))[0]?.state).toBe('queued');
  await outbox.calls['outbox.settle']({ id: 'one', how: 'now' });
  await reached(outbox, 'sent');
});
