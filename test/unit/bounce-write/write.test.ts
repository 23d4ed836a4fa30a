// The bounces we send: read back by Python's email package and by our own reader; and whom we never send one to.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { readBounce } from '../../../electron/bounce/bounce.js';
import { type Dsn, writeDsn } from '../../../electron/bounce/write.js';
import { bounceAddress, mayBounce } from '../../../electron/bounce/write-policy.js';

const original = `Received: from a by b; Tue, 24 Nov 2026 00:00:00 +0000
From: Sender <sender@example.net>
To: test.kkk@example.com
Subject: =?utf-8?b?44GT44KT44Gr44Gh44Gv?=
Message-ID: <1@example.net>
Date: Tue, 24 Nov 2026 00:00:00 +0000

`;
const seed: Dsn = {
  host: 'station.example',
  to: 'sender@example.net',
  reason: 'recipient',
  recipients: [
    {
      address: 'test.kkk@example.com',
      status: '5.1.1',
      diagnostic: '550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
    },
  ],
  header: Buffer.from(original),
  arrived: new Date('2026-11-24T01:00:00Z'),
  date: new Date('2026-11-24T02:00:00Z'),
};

const script = `
import sys, json, email, email.policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = list(m.iter_parts())
print(json.dumps({
  'type': m.get_content_type(), 'report': m.get_param('report-type'), 'defects': [str(d) for p in m.walk() for d in p.defects],
  'fields': {k: str(v) for k, v in m.items()}, 'date': m['Date'].datetime.isoformat(),
  'types': [p.get_content_type() for p in parts],
  'text': parts[0].get_content(),
  'blocks': [{k: str(v) for k, v in b.items()} for b in parts[1].get_payload()],
  'headers': parts[2].get_content() if isinstance(parts[2].get_content(), str) else parts[2].get_content().decode('utf-8'),
}))`;
const python = (message: Buffer) => JSON.parse(execFileSync('python3', ['-c', script], { input: message, encoding: 'utf8' }));

it('the seed’s unknown user, in Python’s email package', () => {
  const read = python(writeDsn(seed).message);
  expect(read).toMatchObject({
    type: 'multipart/report',
    report: 'delivery-status',
    defects: [],
    date: '2026-11-24T02:00:00+00:00',
    types: ['text/plain', 'message/delivery-status', 'text/rfc822-headers'],
    fields: {
      From: 'Mail Delivery System <MAILER-DAEMON@station.example>',
      To: 'sender@example.net',
      'Auto-Submitted': 'auto-replied',
      'In-Reply-To': '<1@example.net>',
      'MIME-Version': '1.0',
    },
    blocks: [
      { 'Reporting-MTA': 'dns; station.example', 'Arrival-Date': 'Tue, 24 Nov 2026 01:00:00 +0000' },
      {
        'Final-Recipient': 'rfc822; test.kkk@example.com',
        Action: 'failed',
        Status: '5.1.1',
        'Diagnostic-Code': 'smtp; 550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
      },
    ],
  });
  expect(read.fields['Message-ID']).toMatch(/^<todoku-dsn-[\w-]+@station\.example>$/);
  expect(read.text).toContain('Reason: Some addresses were rejected');
  expect(read.text).toContain('test.kkk@example.com\n    SMTP error: 550 5.1.1');
  expect(read.headers).toBe(`${original.trimEnd()}\n`);
});

it('our own reader agrees', () => {
  const report = readBounce(writeDsn(seed).message);
  expect(report).toMatchObject({
    isBounce: true,
    kind: 'failed',
    reportingMta: 'station.example',
    recipients: [
      {
        final: 'test.kkk@example.com',
        action: 'failed',
        status: '5.1.1',
        smtpCode: 550,
        reason: 'user-unknown',
        permanent: true,
        diagnostic: { type: 'smtp' },
      },
    ],
    original: { messageId: '<1@example.net>' },
  });
});

it('several recipients, one that is not ASCII, one that was an alias, one that is delayed', () => {
  const { message } = writeDsn({
    ...seed,
    reason: 'general',
    recipients: [
      { address: '太郎@例え.jp', status: '5.1.1', diagnostic: '550 5.1.1 いません' },
      {
        address: 'real@example.com',
        original: 'alias@example.com',
        status: '5.7.1',
        diagnostic: '550 5.7.1 no',
        remoteMta: 'mx.example.com',
      },
      { address: 'later@example.com', action: 'delayed', status: '4.4.1', diagnostic: '451 4.4.1 no answer' },
    ],
  });
  const read = python(message);
  expect(read.defects).toEqual([]);
  expect(read.blocks.slice(1)).toMatchObject([
    {
      'Final-Recipient': 'utf-8; \\x{592A}\\x{90CE}@\\x{4F8B}\\x{3048}.jp',
      'Diagnostic-Code': 'smtp; 550 5.1.1 \\x{3044}\\x{307E}\\x{305B}\\x{3093}',
    },
    { 'Original-Recipient': 'rfc822; alias@example.com', 'Remote-MTA': 'dns; mx.example.com' },
    { Action: 'delayed', Status: '4.4.1' },
  ]);
  expect(read.text).toContain('太郎@例え.jp');
});

it('nothing in an address, a reply or a header can add a line or end a part', () => {
  const { message } = writeDsn({
    ...seed,
    to: 'a@b>\nBcc: evil@example.com',
    host: 'h\nX-Evil: 1',
    recipients: [
      { address: 'a@b\nX-Evil: 1', status: '5.1.1\nX-Evil: 1', diagnostic: '550 no\r\n\r\nX-Evil: 1', remoteMta: 'x\nX-Evil: 1' },
    ],
    header: Buffer.from('Subject: a\r\rX: y\n\n\n--=_todoku\nX-Evil: 1'),
  });
  const read = python(message);
  expect(Object.keys(read.fields)).not.toContain('Bcc');
  expect(read.blocks).toHaveLength(2);
  expect(JSON.stringify([Object.keys(read.fields), read.blocks.map(Object.keys)])).not.toContain('X-Evil');
  expect(read.headers).not.toContain('X-Evil');
});

it('returns 8-bit and long headers as they are, up to 50,000 octets', () => {
  const header = Buffer.from(
    `Subject: \xe9\xff\n${Array.from({ length: 5000 }, (_, index) => `X-${index}: ${'y'.repeat(30)}\n`).join('')}\n`,
    'latin1',
  );
  const { message } = writeDsn({ ...seed, header });
  expect(message.length).toBeLessThan(53_000);
  expect(message.includes(Buffer.from('Subject: \xe9\xff\n', 'latin1'))).toBe(true);
  expect(
    message
      .toString('latin1')
      .split('\n')
      .every((line) => line.length <= 998),
  ).toBe(true);
});

it('written twice for one key it has one Message-ID', () => {
  expect(writeDsn({ ...seed, key: 'abc/1' }).messageId).toBe(writeDsn({ ...seed, key: 'abc/1' }).messageId);
  expect(writeDsn(seed).messageId).not.toBe(writeDsn(seed).messageId);
});

it.each<[string, string, string | null]>([
  ['a person', 'Return-Path: <a@b.example>', 'a@b.example'],
  ['with Auto-Submitted: no', 'Return-Path: <a@b.example>\nAuto-Submitted: no', 'a@b.example'],
  ['no Return-Path: nobody is guessed at', 'From: a@b.example', null],
  ['the null sender', 'Return-Path: <>', null],
  ['MAILER-DAEMON', 'Return-Path: <MAILER-DAEMON@b.example>', null],
  ['MAILER-DAEMON in From only', 'Return-Path: <a@b.example>\nFrom: MAILER-DAEMON@b.example', null],
  ['postmaster', 'Return-Path: <postmaster@b.example>', null],
  ['an automatic answer', 'Return-Path: <a@b.example>\nAuto-Submitted: auto-replied', null],
  ['a generated one', 'Return-Path: <a@b.example>\nauto-submitted: auto-generated (x)', null],
  ['a list', 'Return-Path: <a@b.example>\nList-Id: <x.example>', null],
  ['a list by its unsubscribe', 'Return-Path: <a@b.example>\nList-Unsubscribe: <mailto:x@y>', null],
  ['a list by its sender', 'Return-Path: <owner-list@b.example>', null],
  ['VERP', 'Return-Path: <list-bounces+me=here.example@b.example>', null],
  ['-request', 'Return-Path: <list-request@b.example>', null],
  ['bulk', 'Return-Path: <a@b.example>\nPrecedence: bulk', null],
  ['a report', 'Return-Path: <a@b.example>\nContent-Type: multipart/report; report-type=delivery-status', null],
  ['Exchange’s wish', 'Return-Path: <a@b.example>\nX-Auto-Response-Suppress: DR, OOF', null],
  ['no-reply', 'Return-Path: <no-reply@b.example>', null],
  ['no domain', 'Return-Path: <a>', null],
])('%s', (_, header, expected) => {
  expect(bounceAddress(Buffer.from(`${header}\nSubject: x\n\n`))).toBe(expected);
});

it('the envelope sender, where it is known, counts', () => {
  expect(mayBounce(Buffer.from('Subject: x\n\n'), 'a@b.example')).toBe(true);
  expect(mayBounce(Buffer.from('Subject: x\n\n'), '')).toBe(false);
});

it('never for a bounce of our own', () => {
  expect(mayBounce(writeDsn(seed).message, 'a@b.example')).toBe(false);
});
