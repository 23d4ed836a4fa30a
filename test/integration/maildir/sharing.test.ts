// Dovecot's IMAP and our own calls flag, move, copy and delete in the same Maildirs at the same time. At the end both say
// the same of every message, and nothing that nobody deleted is missing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMaildir } from '../../../electron/maildir/deliver.js';
import { parseName } from '../../../electron/maildir/names.js';
import type { Envelope } from '../../../shared/message.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { openTestMail, type TestMail } from '../../support/mail.js';
import { pick, type Random, seeded } from '../../support/mailgen.js';
import { builtWorker } from '../../support/worker.js';

const count = 300;
const folders = ['', 'Archive', 'Work/日本'] as const;
const imapNames: Readonly<Record<(typeof folders)[number], string>> = { '': 'INBOX', Archive: 'Archive', 'Work/日本': 'Work.日本' };
let dovecot: Dovecot;
let mail: TestMail;
let maildir = '';

const imap = async (): Promise<ImapFlow> => {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'taro', pass: 'pw' },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};
const folderIds = async () => {
  const [box] = await mail.call('mailbox.list', {});
  return new Map((box?.folders ?? []).map(({ name, id }) => [name, id]));
};

beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['imap'], tls: false, users: [{ name: 'taro', password: 'pw' }] });
  maildir = dovecot.maildirOf('taro');
  await makeMaildir(maildir);
  for (let number = 0; number < count; number += 1)
    await dovecot.deposit('taro', `From: a@b.c\nSubject: m${number}\nMessage-ID: <${number}@x>\n\nbody ${number}\n`);
  mail = await openTestMail({
    worker: await builtWorker(),
    settings: { routing: { mailboxes: [{ address: 'taro@example.com', path: maildir }] } },
  });
  await mail.mail.settled();
});
afterAll(async () => {
  await mail.close();
  await dovecot.stop();
});

test('folders made by one side are seen by the other, names and subscriptions included', async () => {
  const [box] = await mail.call('mailbox.list', {});
  await mail.call('folder.create', { mailbox: box?.id ?? '', name: 'Work/日本' });
  const client = await imap();
  await client.mailboxCreate('Archive');
  await client.mailboxSubscribe('Archive');
  const listed = (await client.list()).map(({ path, subscribed }) => [path, subscribed]);
  await client.logout();
  expect(listed).toContainEqual(['Work.日本', true]);
  await expect
    .poll(async () => (await mail.call('mailbox.list', {}))[0]?.folders.map(({ name, subscribed }) => [name, subscribed]))
    .toContainEqual(['Archive', true]);
});

interface Tally {
  done: number;
  missed: number;
  readonly deleted: Set<string>;
}

/** One random operation through the window's calls. */
async function ours(random: Random, tally: Tally): Promise<boolean> {
  const ids = await folderIds();
  const page = await mail.call('message.list', { folder: ids.get(pick(random, folders)) ?? '', limit: 500 });
  if (page.rows.length === 0) return false;
  const message: Envelope = pick(random, page.rows);
  const what = random();
  try {
    if (what < 0.5)
      await mail.call('message.flag', {
        ids: [message.id],
        flag: pick(random, ['seen', 'flagged', 'answered'] as const),
        on: random() < 0.5,
      });
    else if (what < 0.9) await mail.call('message.move', { ids: [message.id], folder: ids.get(pick(random, folders)) ?? '' });
    else {
      tally.deleted.add(message.subject);
      await mail.call('message.remove', { ids: [message.id] });
    }
    tally.done += 1;
  } catch (error) {
    // Dovecot took it a moment ago.
    expect(error).toMatchObject({ code: 'not-found' });
    tally.missed += 1;
  }
  return true;
}

/** One random operation through IMAP. */
async function theirs(client: ImapFlow, random: Random, tally: Tally): Promise<boolean> {
  const lock = await client.getMailboxLock(imapNames[pick(random, folders)]);
  try {
    const uids = (await client.search({ all: true }, { uid: true })) || [];
    if (uids.length === 0) return false;
    const uid = String(pick(random, uids));
    const what = random();
    if (what < 0.5) {
      const flags = [pick(random, ['\\Seen', '\\Flagged', '\\Answered', '$Label'])];
      await (random() < 0.5 ? client.messageFlagsAdd(uid, flags, { uid: true }) : client.messageFlagsRemove(uid, flags, { uid: true }));
    } else if (what < 0.9) await client.messageMove(uid, imapNames[pick(random, folders)], { uid: true });
    else {
      const message = await client.fetchOne(uid, { envelope: true }, { uid: true });
      if (message) tally.deleted.add(message.envelope?.subject ?? '');
      await client.messageDelete(uid, { uid: true });
    }
    tally.done += 1;
  } catch {
    tally.missed += 1;
  } finally {
    lock.release();
  }
  return true;
}

/** 'folder subject flags' of every message, as each side says it. */
async function asImap(): Promise<readonly string[]> {
  const client = await imap();
  const said: string[] = [];
  for (const folder of folders) {
    const lock = await client.getMailboxLock(imapNames[folder]);
    if (client.mailbox && client.mailbox.exists > 0) {
      for await (const { envelope, flags } of client.fetch('1:*', { envelope: true, flags: true })) {
        const known = ['\\Seen', '\\Flagged', '\\Answered'].map((flag) => (flags?.has(flag) ? flag.slice(1) : '-'));
        said.push(`${folder} ${envelope?.subject} ${known.join(' ')}`);
      }
    }
    lock.release();
  }
  await client.logout();
  return said.sort();
}
async function asOurs(): Promise<readonly string[]> {
  await mail.mail.settled();
  const said: string[] = [];
  for (const [folder, id] of await folderIds()) {
    const { rows } = await mail.call('message.list', { folder: id, limit: 500 });
    for (const { subject, flags } of rows)
      said.push(
        `${folder} ${subject} ${[flags.seen ? 'Seen' : '-', flags.flagged ? 'Flagged' : '-', flags.answered ? 'Answered' : '-'].join(' ')}`,
      );
  }
  return said.sort();
}
function asDisk(): readonly string[] {
  const said: string[] = [];
  for (const [folder, directory] of [
    ['', ''],
    ...readdirSync(maildir)
      .filter((name) => /^\.[^.]/.test(name))
      .map((name) => [name, name]),
  ]) {
    for (const part of ['new', 'cur']) {
      for (const name of readdirSync(join(maildir, directory ?? '', part))) {
        const subject = /^Subject: (.*)$/m.exec(readFileSync(join(maildir, directory ?? '', part, name), 'latin1'))?.[1];
        said.push(`${folder} ${subject} ${parseName(name).flags}`);
      }
    }
  }
  return said.sort();
}

test('1,000 random operations from both sides at once', async () => {
  const tally: Tally = { done: 0, missed: 0, deleted: new Set() };
  const client = await imap();
  const weOperate = async () => {
    const random = seeded(1);
    for (let left = 500; left > 0; ) if (await ours(random, tally)) left -= 1;
  };
  const theyOperate = async () => {
    const random = seeded(2);
    for (let left = 500; left > 0; ) if (await theirs(client, random, tally)) left -= 1;
  };
  await Promise.all([weOperate(), theyOperate()]);
  await client.logout();
  console.log(`${tally.done} done, ${tally.missed} met a message that the other side had taken, ${tally.deleted.size} deleted`);

  const disk = asDisk();
  // A message moved by both at once may be in two places (IMAP moves by copy); it is never in none.
  const present = new Set(disk.map((line) => line.split(' ')[1]));
  const lost = Array.from({ length: count }, (_, number) => `m${number}`).filter(
    (subject) => !present.has(subject) && !tally.deleted.has(subject),
  );
  expect(lost).toEqual([]);
  const imapSays = await asImap();
  await expect.poll(asOurs, { timeout: 10_000 }).toEqual(imapSays);
  expect(imapSays.length).toBe(asDisk().length);
  expect(tally.done + tally.missed).toBe(1000);
});
