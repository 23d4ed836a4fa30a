// Delivery reports in the catalog: read once, with the message; the copy in Sent is the original; what comes and goes is told.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bounceCalls, countUnread } from '../../../electron/station/bounces.js';
import { homePaths } from '../../../electron/station/home.js';
import { bounceDeps } from '../../../electron/station/insight.js';
import { openLedger } from '../../../electron/station/ledger.js';
import { openTestMail, type TestMail } from '../../support/mail.js';

const original = 'Message-ID: <1@home.test>\nFrom: a@home.test\nTo: kei@far.test\nSubject: order\n\nHello.\n';
const bounce = `From: MAILER-DAEMON@far.test\nTo: a@home.test\nSubject: failure notice\n\nHi. This is the qmail-send program at far.test.\nI tried.\n\n<kei@far.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n${original}`;
const vacation = 'From: kei@far.test\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away.\n';

let mail: TestMail;
let maildir = '';
beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), 'todoku-reports-'));
  maildir = join(homePaths(root).mail, 'home.test', 'a');
  const put = (folder: string, name: string, text: string) => {
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, folder, part), { recursive: true });
    writeFileSync(join(maildir, folder, 'cur', `${name}:2,S`), text);
  };
  put('.Trash', '1.M1P1.h', original);
  put('', '2.M1P1.h', original);
  put('.Sent', '3.M1P1.h', original);
  put('.Lists', '4.M1P1.h', bounce);
  put('', '5.M1P1.h', vacation);
  mail = await openTestMail({ root });
  await mail.mail.settled();
});
afterEach(() => mail.close());

const nameOf = async (id: string | null): Promise<string> => (id === null ? '' : (await mail.mail.fileOf(id)).slice(maildir.length + 1));
const told = () => mail.events.filter(({ name }) => name === 'bounce.changed').length;

test('a report is a row wherever it lies, with the copy in Sent as its original; nothing is read again', async () => {
  const ledger = openLedger(homePaths(mail.root).ledger, true);
  const reader = async () => ({ ...mail.mail, readRaw: () => Promise.reject(new Error('a message was read')) });
  const deps = bounceDeps({ database: ledger.database, reader, emit: () => undefined });
  expect(await countUnread(deps, 30)).toBe(1);
  const rows = await bounceCalls(deps)['bounce.list']({ days: 30 });
  expect(rows.map(({ final, reason, read }) => [final, reason, read])).toEqual([['kei@far.test', 'user-unknown', false]]);
  expect(await nameOf(rows[0]?.originalMessage ?? null)).toBe('.Sent/cur/3.M1P1.h:2,S');
  expect(await nameOf(rows[0]?.message ?? null)).toBe('.Lists/cur/4.M1P1.h:2,S');
  await deps.markRead(rows.map(({ id }) => id));
  expect(await countUnread(deps, 30)).toBe(0);
  ledger.close();
});

test('one that arrives, and one that is deleted, is told', async () => {
  const before = told();
  writeFileSync(join(maildir, 'new', '6.M1P1.h'), bounce);
  const id = await mail.mail.arrived(join(maildir, 'new', '6.M1P1.h'));
  expect(mail.mail.reports.since(0).length).toBe(2);
  await expect.poll(told).toBeGreaterThan(before);
  const then = told();
  await mail.call('message.remove', { ids: [id ?? ''] });
  const [trashed] = mail.mail.reports.since(0).filter((report) => report.id === id);
  if (trashed !== undefined) await mail.call('message.remove', { ids: [trashed.id] });
  expect(mail.mail.reports.since(0).length).toBe(1);
  await expect.poll(told).toBeGreaterThan(then);
});

test('the catalog keeps them: opened again, they are there', async () => {
  const before = mail.mail.reports.since(0).map(({ report }) => report);
  mail = await mail.reopen();
  expect(mail.mail.reports.since(0).map(({ report }) => report)).toEqual(before);
  expect(before).toHaveLength(1);
  expect(mail.mail.reports.since(Date.now() + 60_000)).toEqual([]);
});
