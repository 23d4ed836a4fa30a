// Sharing: while the station delivers, Dovecot's IMAP flags, moves and deletes in the same Maildir. Afterwards the station's
// catalog, the files and Dovecot agree on every message, and every message that was sent is accounted for.
import { rmSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { makeScenario, scenarioMessages } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

const count = 120;
const scenario = { home: '', maildir: '' };
let dovecot: Dovecot;
beforeAll(async () => {
  Object.assign(scenario, makeScenario({ port: 1, user: 'source', fetch: { retention: { kind: 'delete' } } }, 'secret', null));
  dovecot = await startDovecot({
    tls: false,
    users: [
      { name: 'source', password: 'secret' },
      { name: 'shared', password: 'secret', maildir: scenario.maildir },
    ],
  });
});
afterAll(async () => {
  await dovecot?.stop();
  rmSync(scenario.home, { recursive: true, force: true });
});

interface Seen {
  readonly folder: string;
  readonly subject: string;
  readonly seen: boolean;
  readonly flagged: boolean;
}
const order = (rows: readonly Seen[]) => rows.map((row) => JSON.stringify(row)).sort();

/** Works on whatever is there until told to stop; returns how many it deleted for good. */
async function disturb(client: ImapFlow, stopped: () => boolean): Promise<readonly string[]> {
  const deleted: string[] = [];
  for (let turn = 0; !stopped() || turn < 6; turn += 1) {
    const messages = (await client.fetchAll('1:*', { envelope: true, uid: true }).catch(() => [])).filter(
      (_, index) => (index + turn) % 5 === 0,
    );
    for (const [index, { uid, envelope }] of messages.entries()) {
      const range = String(uid);
      if (index % 4 === 0) await client.messageFlagsAdd(range, ['\\Seen'], { uid: true });
      if (index % 4 === 1) await client.messageFlagsAdd(range, ['\\Flagged'], { uid: true });
      if (index % 4 === 2) await client.messageMove(range, 'Kept', { uid: true });
      if (index % 4 === 3 && deleted.length < 20) {
        await client.messageDelete(range, { uid: true });
        deleted.push(envelope?.subject ?? '');
      }
    }
    await client.noop();
  }
  return deleted;
}

async function imapView(client: ImapFlow): Promise<Seen[]> {
  const rows: Seen[] = [];
  for (const folder of ['INBOX', 'Kept']) {
    await client.mailboxOpen(folder);
    for (const { envelope, flags } of await client.fetchAll('1:*', { envelope: true, flags: true })) {
      rows.push({
        folder: folder === 'INBOX' ? '' : folder,
        subject: envelope?.subject ?? '',
        seen: flags?.has('\\Seen') === true,
        flagged: flags?.has('\\Flagged') === true,
      });
    }
  }
  return rows;
}

test('Dovecot and the station work in one Maildir and agree at the end', { timeout: 240_000 }, async () => {
  const sent = scenarioMessages(count, 'shared');
  for (const bytes of sent.slice(0, count / 2)) await dovecot.deposit('source', bytes);
  const running = await openStation({ home: scenario.home, keyring: null, sample: false, schedule: false, notices: [] });
  const [state] = await running.station['account.list']({});
  if (state === undefined) throw new Error('no account');
  await running.station['account.save']({ account: { ...state.account, port: dovecot.pop3Port }, secret: null, sendingSecret: null });
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user: 'shared', pass: 'secret' },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.mailboxCreate('Kept');
  await client.mailboxOpen('INBOX');
  let done = false;
  const working = disturb(client, () => done);
  let delivered = 0;
  for (let round = 0; round < 2; round += 1) {
    const [report] = await running.station['fetch.now']({ id: 'joe', check: false });
    delivered += report?.delivered ?? 0;
    if (round === 0) for (const bytes of sent.slice(count / 2)) await dovecot.deposit('source', bytes);
  }
  done = true;
  const deleted = await working;
  expect(delivered).toBe(count);
  const theirs = await imapView(client);
  expect(theirs.length + deleted.length).toBe(count);

  const [box] = await running.station['mailbox.list']({});
  await expect
    .poll(
      async () => {
        const ours: Seen[] = [];
        for (const folder of box?.folders ?? []) {
          const page = await running.station['message.list']({
            folder: folder.id,
            smart: null,
            search: '',
            filter: 'all',
            sort: 'date',
            descending: true,
            threads: 'flat',
            offset: 0,
            limit: 500,
          });
          for (const row of page.rows)
            ours.push({ folder: folder.name, subject: row.subject, seen: row.flags.seen, flagged: row.flags.flagged });
        }
        return order(ours);
      },
      { timeout: 60_000, interval: 500 },
    )
    .toEqual(order(theirs));
  await client.logout();
  await running.close();
});
