// The relay client against a real Postfix and a real Dovecot LMTP: what they answer, and the message as it arrived.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDsn } from '../../../electron/bounce/write.js';
import { openRelay, type RelayTarget } from '../../../electron/smtp/relay.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { isRoot, type Postfix, startPostfix } from '../../support/postfix.js';

const text = 'From: s@example.com\nSubject: dots\n\n.\n..\n.x\n8-bit: \xe9\xff\n\nno final newline';
const mail = (recipients: readonly string[], sender = 's@example.com', content = text) => ({
  sender,
  recipients,
  octets: content.length,
  body: () => [Buffer.from(content, 'latin1')],
});
const short = (found: readonly { kind: string; code: number; status: string }[]) =>
  found.map(({ kind, code, status }) => `${kind} ${code} ${status}`);
const relayTo = (target: Partial<RelayTarget> & Pick<RelayTarget, 'kind' | 'place'>) =>
  openRelay({ batchLimit: 0, antispam: [], ...target }, { name: 'station.test.invalid', timeout: 20, endTimeout: 20 });

/** Waits for so many files in new/ (or cur/) of a Maildir. */
async function arrived(maildir: string, count: number): Promise<readonly string[]> {
  for (const until = Date.now() + 20_000; ; await wait(50)) {
    const files = ['new', 'cur'].flatMap((part) => list(join(maildir, part)));
    if (files.length >= count || Date.now() > until) return files.map((file) => readFileSync(file, 'latin1'));
  }
}
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
const body = (message: string | undefined) => message?.slice(message.indexOf('\n\n') + 2);

describe.skipIf(!isRoot)('a real Postfix (needs root)', () => {
  let postfix: Postfix;
  beforeAll(async () => {
    postfix = await startPostfix({
      main: {
        virtual_mailbox_domains: 'example.com',
        virtual_mailbox_maps: 'inline:{a@example.com=a/, b@example.com=b/, bounced@example.com=bounced/}',
        message_size_limit: '20000',
        virtual_mailbox_limit: '0',
        mailbox_size_limit: '0',
        smtpd_sender_restrictions:
          'check_sender_access inline:{ {later@example.com = 450 4.1.7 later}, {spam@example.com = 571 5.7.1 spam}, {bad@example.com = 553 5.1.8 bad sender} }',
        smtpd_recipient_restrictions:
          'check_recipient_access inline:{ {grey@example.com = 450 4.2.0 greylisted}, {tls@example.com = 530 5.7.0 Must issue a STARTTLS command first} } permit_mynetworks',
        header_checks: 'regexp:{ {/^Subject: virus/ REJECT 5.7.1 virus} }',
      },
    });
  });
  afterAll(() => postfix.stop());

  it.each<[string, readonly string[], string, readonly string[]]>([
    ['two mailboxes', ['a@example.com', 'b@example.com'], 's@example.com', ['accepted 250 2.0.0', 'accepted 250 2.0.0']],
    ['the null sender', ['a@example.com'], '', ['accepted 250 2.0.0']],
    [
      'an unknown user beside a known one',
      ['a@example.com', 'nobody@example.com'],
      's@example.com',
      ['accepted 250 2.0.0', 'refused 550 5.1.1'],
    ],
    [
      'a greylisted one beside a known one',
      ['a@example.com', 'grey@example.com'],
      's@example.com',
      ['deferred 451 4.0.0', 'deferred 450 4.2.0'],
    ],
    ['530', ['tls@example.com'], 's@example.com', ['deferred 530 5.7.0']],
    ['a sender for later', ['a@example.com'], 'later@example.com', ['deferred 450 4.1.7']],
    ['a bad sender', ['a@example.com'], 'bad@example.com', ['refused 553 5.1.8']],
  ])('%s', async (_, recipients, sender, expected) => {
    const relay = relayTo({ kind: 'smtp', place: { host: '127.0.0.1', port: postfix.port } });
    expect(short(await relay.send(mail(recipients, sender)))).toEqual(expected);
    await relay.close();
  });

  it('too big: by SIZE; content: after the message; the same connection goes on', async () => {
    const relay = relayTo({ kind: 'smtp', place: { host: '127.0.0.1', port: postfix.port } });
    expect(short(await relay.send(mail(['a@example.com'], 's@example.com', 'x'.repeat(30_000))))).toEqual(['refused 552 5.3.4']);
    const lying = { ...mail(['a@example.com'], 's@example.com', 'Subject: x\n\nxxxxxxxxx\n'.repeat(3000)), octets: 100 };
    expect(short(await relay.send(lying))).toEqual(['refused 552 5.3.4']);
    expect(short(await relay.send(mail(['a@example.com'], 's@example.com', 'Subject: virus\n\nx\n')))).toEqual(['refused 550 5.7.1']);
    expect(short(await relay.send(mail(['a@example.com'])))).toEqual(['accepted 250 2.0.0']);
    await relay.close();
  });

  it('takes a bounce of ours from the null sender, and it arrives whole', async () => {
    const { message, messageId } = writeDsn({
      host: 'station.test.invalid',
      to: 'bounced@example.com',
      reason: 'recipient',
      recipients: [
        {
          address: 'test.kkk@example.com',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
        },
      ],
      header: Buffer.from('From: bounced@example.com\nSubject: caf\xe9\n\n', 'latin1'),
      arrived: new Date(),
    });
    const relay = relayTo({ kind: 'smtp', place: { host: '127.0.0.1', port: postfix.port } });
    expect(
      short(await relay.send({ sender: '', recipients: ['bounced@example.com'], octets: message.length, body: () => [message] })),
    ).toEqual(['accepted 250 2.0.0']);
    await relay.close();
    const [arrivedMessage] = await arrived(join(postfix.mail, 'bounced'), 1);
    expect(arrivedMessage).toContain('Return-Path: <>\n');
    expect(arrivedMessage).toContain(`Message-ID: ${messageId}\n`);
    expect(body(arrivedMessage)).toBe(body(message.toString('latin1')));
  });

  it('the message arrives as it was', async () => {
    const relay = relayTo({ kind: 'smtp', place: { host: '127.0.0.1', port: postfix.port } });
    expect(short(await relay.send(mail(['b@example.com'])))).toEqual(['accepted 250 2.0.0']);
    await relay.close();
    const messages = await arrived(join(postfix.mail, 'b'), 2);
    expect(messages.length).toBeGreaterThanOrEqual(2);
    for (const message of messages) expect(body(message)).toBe(`${body(text)}\n`);
  });
});

describe('a real Dovecot LMTP', () => {
  let dovecot: Dovecot;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'todoku-lmtp-'));
    dovecot = await startDovecot({
      protocols: ['imap', 'lmtp'],
      users: [
        { name: 'a@example.com', password: 'x' },
        { name: 'b@example.com', password: 'x' },
        { name: 'full@example.com', password: 'x' },
      ],
    });
  });
  afterAll(async () => {
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('each recipient is answered for, and the message arrives as it was', async () => {
    const relay = relayTo({ kind: 'lmtp', place: { socket: dovecot.lmtpSocket } });

    expect(short(await relay.send(mail(['a@example.com', 'nobody@example.com', 'b@example.com'])))).toEqual([
      'accepted 250 2.0.0',
      'refused 550 5.1.1',
      'accepted 250 2.0.0',
    ]);
    expect(short(await relay.send(mail(['a@example.com'])))).toEqual(['accepted 250 2.0.0']);
    await relay.close();
    for (const message of await arrived(dovecot.maildirOf('a@example.com'), 2)) expect(body(message)?.trimEnd()).toBe(body(text));
    expect(await arrived(dovecot.maildirOf('b@example.com'), 1)).toHaveLength(1);
  });

  it('one mailbox that cannot be written defers for that recipient alone', async () => {
    // A file stands where the Maildir should be.
    const box = dovecot.maildirOf('full@example.com');
    rmSync(box, { recursive: true, force: true });
    writeFileSync(box, '');
    const before = (await arrived(dovecot.maildirOf('a@example.com'), 0)).length;
    const relay = relayTo({ kind: 'lmtp', place: { socket: dovecot.lmtpSocket } });
    const found = await relay.send(mail(['a@example.com', 'full@example.com']));
    await relay.close();
    expect(found.map(({ kind, code }) => [kind, Math.floor(code / 100)])).toEqual([
      ['accepted', 2],
      ['deferred', 4],
    ]);
    expect(await arrived(dovecot.maildirOf('a@example.com'), before + 1)).toHaveLength(before + 1);
  });
});
