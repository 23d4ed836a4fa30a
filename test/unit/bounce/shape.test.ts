// Delivery reports in the damaged shapes that are in the mail: what is certain is read, and nothing else.
import { expect, test } from 'vitest';
import { readBounce } from '../../../electron/bounce/bounce.js';
import type { BounceReport } from '../../../shared/bounce.js';

const head =
  'Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@far.test>\nTo: a@home.test\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n';
const returned =
  '--b\nContent-Type: message/rfc822\n\nMessage-ID: <1@home.test>\nFrom: a@home.test\nTo: kei@far.test\nSubject: =?utf-8?B?5rOo5paH?=\nDate: Tue, 24 Nov 2026 10:00:00 +0900\n\nHello.\n--b--\n';

function report(
  status: string,
  type = 'message/delivery-status',
  top = 'multipart/report; report-type=delivery-status; boundary=b',
): BounceReport {
  const parts = `--b\nContent-Type: text/plain\n\nYour message did not arrive.\n--b\n${type === '' ? '' : `Content-Type: ${type}\n`}\n${status}\n${returned}`;
  return readBounce(Buffer.from(`${head}Content-Type: ${top}\n\n${parts}`));
}
const told = (text: string, type?: string): unknown[][] =>
  report(text, type).recipients.map(({ final, original, action, status, smtpCode, reason, permanent }) => [
    final,
    original,
    action,
    status,
    smtpCode,
    reason,
    permanent,
  ]);

test('RFC 3464 as it should be', () => {
  expect(
    report(
      'Reporting-MTA: dns; mail.far.test\nArrival-Date: Tue, 24 Nov 2026 10:00:01 +0900 (JST)\n\nOriginal-Recipient: rfc822;kei@far.test\nFinal-Recipient: rfc822; tanaka@inner.far.test\nAction: failed\nStatus: 5.1.1 (bad mailbox)\nRemote-MTA: dns; mx.far.test\nDiagnostic-Code: smtp; 550 5.1.1\n <tanaka@inner.far.test> User unknown\nLast-Attempt-Date: Tue, 24 Nov 2026 10:00:02 +0900\n',
    ),
  ).toEqual({
    isBounce: true,
    kind: 'failed',
    reportingMta: 'mail.far.test',
    arrivalDate: '2026-11-24T01:00:01Z',
    recipients: [
      {
        final: 'tanaka@inner.far.test',
        original: 'kei@far.test',
        action: 'failed',
        status: '5.1.1',
        statusDerived: false,
        smtpCode: 550,
        diagnostic: { type: 'smtp', text: '550 5.1.1 <tanaka@inner.far.test> User unknown' },
        remoteMta: 'mx.far.test',
        lastAttempt: '2026-11-24T01:00:02Z',
        reason: 'user-unknown',
        permanent: true,
      },
    ],
    original: { messageId: '<1@home.test>', subject: '注文', from: 'a@home.test', to: 'kei@far.test', date: '2026-11-24T01:00:00Z' },
  });
});

test('the one our set-up receives: fields indented, no type, no Date', () => {
  const fields =
    'Final-Recipient: rfc822; test.kkk@example.com\n Last-Attempt-Date: Wed, 13 Jan 2016 21:19:49 +0900 (JST)\n Action: failed\n Status: 5.1.1\n Diagnostic-Code: 550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table\n';
  const expected = [['test.kkk@example.com', null, 'failed', '5.1.1', 550, 'user-unknown', true]];
  expect(told(fields)).toEqual(expected);
  expect(told(fields, '')).toEqual(expected);
  const plain = readBounce(
    Buffer.from(
      `From: MAILER-DAEMON@mail.example.com\nSubject: Mail delivery failed: returning message to sender\n\nReason: Some addresses were rejected by the MDA fetchmail forwards to.\n\n${fields}`,
    ),
  );
  expect(plain.recipients[0]).toMatchObject({
    final: 'test.kkk@example.com',
    status: '5.1.1',
    lastAttempt: '2016-01-13T12:19:49Z',
    diagnostic: { type: null },
  });
});

test.each([
  [
    'no blank line between blocks',
    'Reporting-MTA: dns; x\nFinal-Recipient: rfc822; a@far.test\nAction: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; b@far.test\nAction: failed\nStatus: 5.2.2\n',
  ],
  [
    'doubled blank lines between blocks',
    'Reporting-MTA: dns; x\n\n\nFinal-Recipient: rfc822; a@far.test\nAction: failed\nStatus: 5.1.1\n\n\n\nFinal-Recipient: rfc822; b@far.test\nAction: failed\nStatus: 5.2.2\n',
  ],
  [
    'a blank line after each field',
    'Final-Recipient: rfc822; a@far.test\n\nAction: failed\n\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; b@far.test\n\nAction: failed\n\nStatus: 5.2.2\n',
  ],
  [
    '`ction:`, other cases',
    'FINAL-RECIPIENT: RFC822; a@far.test\nction: failed\nSTATUS: 5.1.1\n\nfinal-recipient: rfc822; b@far.test\nction: failed\nstatus: 5.2.2\n',
  ],
  [
    'no types, angle brackets',
    'Final-Recipient: <a@far.test>\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: <b@far.test>\nAction: failed\nStatus: 5.2.2\n',
  ],
  [
    'action first',
    'Action: failed\nFinal-Recipient: rfc822;a@far.test\nStatus: 5.1.1\n\nAction: failed\nFinal-Recipient: rfc822;b@far.test\nStatus: 5.2.2\n',
  ],
  [
    'CRLF',
    'Final-Recipient: rfc822; a@far.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\nFinal-Recipient: rfc822; b@far.test\r\nAction: failed\r\nStatus: 5.2.2\r\n',
  ],
])('two recipients: %s', (_name, text) => {
  expect(told(text)).toEqual([
    ['a@far.test', null, 'failed', '5.1.1', null, 'user-unknown', true],
    ['b@far.test', null, 'failed', '5.2.2', null, 'mailbox-full', true],
  ]);
});

test.each([
  ['xtext', 'rfc822; kei+2Btag@far.test', 'kei+tag@far.test'],
  ['a plus sign that is no xtext', 'rfc822; kei+tag@far.test', 'kei+tag@far.test'],
  ['RFC 6533 escapes', 'utf-8; \\x{540D}\\x{524D}@far.test', '名前@far.test'],
  ['UTF-8 as it is', 'utf-8; 名前@far.test', '名前@far.test'],
  ['a comment behind it', 'rfc822; kei@far.test (Kei)', 'kei@far.test'],
])('an address in %s', (_name, field, address) => {
  const text = `Original-Recipient: ${field}\nFinal-Recipient: ${field}\nAction: failed\nStatus: 5.1.1\n`;
  expect(told(text, 'message/global-delivery-status')[0]?.slice(0, 2)).toEqual([address, address]);
});

test.each([
  ['failed', 'failed', true],
  ['Failed (user unknown)', 'failed', true],
  ['expired', 'failed', true],
  ['error', 'failed', true],
  ['delayed', 'delayed', true],
  ['delivered', 'delivered', false],
  ['deliverable', 'delivered', false],
  ['relayed (to non-DSN-aware mailer)', 'relayed', false],
  ['expanded', 'expanded', false],
])('Action: %s is %s', (action, kind, isBounce) => {
  expect(report(`Final-Recipient: rfc822; a@far.test\nAction: ${action}\nStatus: 5.1.1\n`)).toMatchObject({ kind, isBounce });
});

test('a status that no field gives is derived, and says so; one in the sentence is given', () => {
  const of = (diagnostic: string): unknown => {
    const { status, statusDerived, smtpCode } =
      report(`Final-Recipient: rfc822; a@far.test\nAction: failed\nDiagnostic-Code: smtp; ${diagnostic}\n`).recipients[0] ?? {};
    return [status, statusDerived, smtpCode];
  };
  expect(of('550 5.1.1 no such user')).toEqual(['5.1.1', false, 550]);
  expect(of('550 no such user')).toEqual(['5.1.1', true, 550]);
  expect(of('something happened')).toEqual([null, false, null]);
});

test('a complaint (ARF) is feedback', () => {
  const parts = `--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: FBL/1\nVersion: 1\nOriginal-Rcpt-To: <kei@far.test>\nReporting-MTA: dns; fbl.far.test\nArrival-Date: Tue, 24 Nov 2026 10:00:00 +0900\n\n${returned}`;
  const read = readBounce(
    Buffer.from(
      `From: fbl@far.test\nSubject: complaint\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n${parts}`,
    ),
  );
  expect(read).toMatchObject({
    isBounce: false,
    kind: 'feedback',
    reportingMta: 'fbl.far.test',
    arrivalDate: '2026-11-24T01:00:00Z',
    original: { messageId: '<1@home.test>' },
  });
  expect(read.recipients[0]?.final).toBe('kei@far.test');
});

test.each([
  [
    'vacation',
    'From: Kei <kei@far.test>\nSubject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: <1@home.test>\n\nI am away until Monday.',
  ],
  ['Japanese vacation', 'From: kei@far.test\nSubject: =?utf-8?B?6Ieq5YuV6L+U5L+h?=: hello\n\n不在にしております。'],
  [
    'Exchange',
    'From: Kei <kei@far.test>\nSubject: Automatic reply: Order 7\n\nI am out. Mail to kei@far.test cannot be delivered to me today.',
  ],
  [
    'challenge',
    'From: kei@far.test\nSubject: Please confirm your message\nX-Delivery-Agent-TMDA: 1.0\n\nReply to this message to have yours delivered. It was not delivered to kei@far.test.',
  ],
  [
    'read receipt',
    'From: kei@far.test\nSubject: Read: Order 7\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: text/plain\n\nWas read.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; kei@far.test\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--',
  ],
])('%s is an automatic answer, not a bounce', (_name, text) => {
  expect(readBounce(Buffer.from(text))).toMatchObject({ isBounce: false, kind: 'auto-reply' });
});
