// Two clients on one account of a real Dovecot: 1,000 random operations by the station and by another client at the same time,
// connections lost at every command; at the end both sides say the same, and no message is lost.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, openBrowser } from '../../../electron/imap/browse.js';
import type { MailRow } from '../../../electron/imap/rows.js';
import { MailError } from '../../../shared/error.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { imapOptions, login, password, shownAccounts } from '../../support/imap-mail.js';
import { openTestMail, type TestMail } from '../../support/mail.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['imap'], tls: false, users: ['joe', 'jim'].map((name) => ({ name, password })) });
});
afterAll(() => dovecot?.stop());

/** The same run each time (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const mail = (subject: string) => `From: y@a.example\nSubject: ${subject}\nMessage-ID: <${subject}@a>\n\nbody\n`;
const paths = ['INBOX', 'A', 'B'] as const;
const nameOf = (path: string) => (path === 'INBOX' ? '' : path);

async function start(user: string, count: number): Promise<{ mail: TestMail; other: Browser; proxy: TcpProxy }> {
  for (let index = 0; index < count; index += 1) await dovecot.deposit(user, mail(`m${index}`));
  const other = await openBrowser(imapOptions(dovecot.imapPort, user));
  for (const path of ['A', 'B']) await other.create(path);
  const proxy = await startTcpProxy(dovecot.imapPort);
  const station = await openTestMail({ settings: shownAccounts(proxy.port, user), imap: login() });
  await station.mail.settled();
  return { mail: station, other, proxy };
}

const folderId = async (station: TestMail, path: string) => {
  const boxes = await station.call('mailbox.list', {});
  return boxes.flatMap(({ folders }) => folders).find(({ name }) => name === nameOf(path))?.id ?? '';
};
const rowsOf = async (station: TestMail, path: string) =>
  (await station.call('message.list', { folder: await folderId(station, path), limit: 500 })).rows;

const letters = { seen: 'S', flagged: 'F', answered: 'R', forwarded: 'P', draft: 'D', trashed: 'T' } as const;
const ours = async (station: TestMail, path: string) =>
  (await rowsOf(station, path))
    .map(({ subject, flags }) => {
      const set = Object.entries(letters).filter(([name]) => flags[name as keyof typeof letters]);
      return `${subject} ${set
        .map(([, letter]) => letter)
        .sort()
        .join('')}`;
    })
    .sort();
const subjectOf = ({ header }: MailRow) => /Subject: (.*)\r/.exec(Buffer.from(header).toString())?.[1] ?? '';
const isOther = (subject: string) => Number(subject.slice(1)) % 2 === 1;
const theirs = async (client: Browser, path: string) => {
  const at = { path, validity: (await client.open(path)).validity };
  const rows = await client.rows(at, await client.uids(at));
  return rows.map((row) => `${subjectOf(row)} ${row.letters}`).sort();
};

async function agreement(station: TestMail, client: Browser): Promise<void> {
  for (const path of paths) {
    const said = await theirs(client, path);
    await expect.poll(() => ours(station, path), { timeout: 20_000 }).toEqual(said);
  }
}

/** What one side may meet because of the other: the message has just gone. */
const expected = (error: unknown) => {
  if (!(error instanceof MailError) || !['not-found', 'server-refused', 'connection-lost', 'refused'].includes(error.code)) throw error;
};

test('1,000 random operations beside a second client: both agree, nothing is lost', { timeout: 180_000 }, async () => {
  const { mail: station, other, proxy } = await start('joe', 60);
  const roll = dice(8);
  const pick = <T>(list: readonly T[]): T | undefined => list[roll(list.length || 1)];
  // Each side moves messages of its own and marks all: one that two clients move at the same moment Dovecot may copy twice.
  const byStation = async () => {
    const row = pick(await rowsOf(station, pick(paths) ?? 'INBOX'));
    if (row === undefined) return;
    const ids = [row.id];
    const to = await folderId(station, pick(paths) ?? 'INBOX');
    const flag = pick(['seen', 'flagged', 'answered'] as const) ?? 'seen';
    if (isOther(row.subject) || roll(2) === 0) await station.call('message.flag', { ids, flag, on: roll(2) === 0 });
    else await station.call('message.move', { ids, folder: to });
  };
  const byOther = async () => {
    const path = pick(paths) ?? 'INBOX';
    const at = { path, validity: (await other.open(path)).validity };
    const [row] = await other.rows(at, [pick(await other.uids(at)) ?? 0]);
    if (row === undefined) return;
    const to = pick(paths.filter((one) => one !== path)) ?? 'A';
    if (!isOther(subjectOf(row)) || roll(2) === 0) await other.flag(at, [row.uid], pick(['S', 'F', 'R']) ?? 'S', roll(2) === 0);
    else await other.move(at, [row.uid], to);
  };
  const side = async (work: () => Promise<void>) => {
    for (let done = 0; done < 500; done += 1) await work().catch(expected);
  };
  await Promise.all([side(byStation), side(byOther)]);
  for (const path of paths) await station.call('message.list', { folder: await folderId(station, path) });
  await station.mail.settled();
  const there = (await Promise.all(paths.map((path) => theirs(other, path)))).flat();
  expect(new Set(there.map((line) => line.split(' ')[0])).size).toBe(60);
  expect(there).toHaveLength(60);
  // Opened again: what was missed while nobody looked is read from the marks of the folders.
  const again = await station.reopen();
  await again.mail.settled();
  await agreement(again, other);
  await other.close();
  await again.close();
  await proxy.close();
});

test('the connection lost at each command: what was asked is done or not done, and both agree', { timeout: 180_000 }, async () => {
  const { mail: station, other, proxy } = await start('jim', 12);
  const commands: readonly ((ids: readonly string[]) => Promise<unknown>)[] = [
    (ids) => station.call('message.flag', { ids: [...ids], flag: 'flagged', on: true }),
    async (ids) => station.call('message.move', { ids: [...ids], folder: await folderId(station, 'A') }),
    async (ids) => station.call('message.copy', { ids: [...ids], folder: await folderId(station, 'B') }),
    (ids) => station.call('message.open', { id: ids[0] ?? '' }),
    (ids) => station.call('message.remove', { ids: [...ids] }),
  ];
  const online = () =>
    expect.poll(async () => (await station.call('mailbox.list', {})).at(-1)?.remote?.state, { timeout: 20_000 }).toBe('online');
  for (const command of commands) {
    for (const when of ['before', 'during'] as const) {
      await online();
      await station.mail.settled();
      const ids = (await rowsOf(station, 'INBOX')).slice(0, 1).map(({ id }) => id);
      if (when === 'before') proxy.cut();
      const asked = command(ids).catch(expected);
      if (when === 'during') proxy.cut();
      await asked;
    }
  }
  await online();
  await station.mail.settled();
  await agreement(station, other);
  const there = (await Promise.all(paths.map((path) => theirs(other, path)))).flat().map((line) => line.split(' ')[0]);
  // Two were to be removed; a copy may be there twice.
  expect(new Set(there).size).toBeGreaterThanOrEqual(10);
  await other.close();
  await station.close();
  await proxy.close();
});
