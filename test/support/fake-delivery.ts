// Bounces, quarantine, problems, routes and a trace, for looking at the window.
import type { BounceReason } from '../../shared/bounce.js';
import type { QuarantineRow, QuarantineView } from '../../shared/message.js';
import { routing } from '../../shared/settings.js';
import type { BounceRow, Problem } from '../../shared/station.js';
import type { HeaderGroup, Hop, Trace } from '../../shared/trace.js';
import type { Verdict } from '../../shared/verdict.js';

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

type BounceSketch = readonly [string, BounceReason, string, number | null, string, number, boolean];
const bounces: readonly BounceSketch[] = [
  [
    'k.fujii@hanamaru.example',
    'user-unknown',
    '5.1.1',
    550,
    '550 5.1.1 <k.fujii@hanamaru.example>: Recipient address rejected: User unknown in virtual mailbox table',
    2,
    true,
  ],
  ['office@kumiai.example', 'mailbox-full', '5.2.2', 552, '552 5.2.2 Quota exceeded (mailbox for user is full)', 7, true],
  ['lars@fjord.example', 'expired', '4.4.7', null, 'connect to mx.fjord.example[198.51.100.9]:25: Connection timed out', 20, false],
  ['naomi@kumiai.example', 'rate-limited', '4.7.1', 450, '450 4.7.1 Too many messages, try again later', 28, false],
  [
    'list@lists.example',
    'blocked',
    '5.7.1',
    554,
    '554 5.7.1 Service unavailable; client host [192.0.2.7] blocked using dnsbl.example',
    44,
    true,
  ],
  ['photos@porto.example', 'too-big', '5.3.4', 552, '552 5.3.4 Message size exceeds fixed limit', 90, true],
  [
    'test.kkk@example.com',
    'user-unknown',
    '5.1.1',
    550,
    '550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
    130,
    true,
  ],
  ['suzuki@hanamaru.example', 'virus', '5.7.1', 554, '554 5.7.1 Virus found: Eicar-Test-Signature', 260, true],
];

export function makeBounces(): readonly BounceRow[] {
  return bounces.map(([final, reason, status, smtpCode, text, hours, permanent], index) => ({
    id: `b${index}`,
    source: index === 6 ? 'station' : 'report',
    when: ago(hours),
    kind: permanent ? 'failed' : 'delayed',
    reportingMta: 'mail.kawa.example',
    about: {
      messageId: `<${index}@mori.example>`,
      subject: index % 2 === 0 ? '見積もりの件' : 'The photos you asked for',
      from: 'ayumi@mori.example',
      to: final,
      date: ago(hours + 0.1),
    },
    message: 'm4',
    originalMessage: index % 3 === 0 ? 'm27' : null,
    account: 'kaze-net',
    returned: index === 6 ? { state: 'sent', why: '250 2.0.0 Ok: queued', to: 'ayumi@mori.example' } : null,
    read: index > 2,
    final,
    original: null,
    action: permanent ? 'failed' : 'delayed',
    status,
    statusDerived: index === 4,
    smtpCode,
    diagnostic: { type: 'smtp', text },
    remoteMta: `mx.${final.split('@')[1]}`,
    lastAttempt: ago(hours),
    reason,
    permanent,
  }));
}

const quarantined: readonly (readonly [Verdict, string, string, string, number])[] = [
  [
    { kind: 'infected', signatures: ['Win.Test.EICAR_HDB-1'] },
    'Prize Office <win@lucky.example>',
    'ayumi@mori.example',
    'Your parcel could not be delivered',
    3,
  ],
  [
    { kind: 'suspicious', class: 'phishing', signatures: ['Heuristics.Phishing.Email.SpoofedDomain'] },
    'Kaze-net <support@kaze-net.example>',
    'info@kumiai.example',
    'アカウントの確認のお願い',
    30,
  ],
  [
    { kind: 'unscannable', reason: 'INSTREAM size limit exceeded' },
    '山本 和也 <yamamoto@mori.example>',
    'ayumi@mori.example',
    'site-plan.zip',
    52,
  ],
];

export function makeQuarantine(): readonly QuarantineRow[] {
  return quarantined.map(([reason, from, to, subject, hours], index) => ({
    id: `q${index}`,
    reason,
    signatures: 'signatures' in reason ? reason.signatures : [],
    from,
    to,
    subject,
    octets: 41_000 + index * 9000,
    account: 'kaze-net',
    mailbox: to,
    quarantined: ago(hours),
    scannedWith: 'ClamAV 1.4.6/27813',
  }));
}

export function openQuarantine(row: QuarantineRow): QuarantineView {
  return {
    ...row,
    headers: ['From', 'To', 'Subject', 'Date', 'Message-ID', 'X-Virus-Status'].map((name) => {
      const value =
        {
          From: row.from,
          To: row.to,
          Subject: row.subject,
          Date: row.quarantined,
          'Message-ID': '<1@lucky.example>',
          'X-Virus-Status': 'Infected',
        }[name] ?? '';
      return { name, value, raw: `${name}: ${value}` };
    }),
    text: 'Open the attached file to see when your parcel arrives.',
    sha256: '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
    exported: { url: '/part/held-1/all?save', name: 'quarantine-1.zip', password: 'infected' },
    attachments: [
      {
        part: '2',
        name: 'parcel.com',
        type: 'application/octet-stream',
        octets: 68,
        inline: false,
        contentId: null,
        executable: true,
        sha256: '275a021b',
        special: null,
      },
    ],
  };
}

export function makeProblems(): Problem[] {
  return [
    {
      id: 'p0',
      account: 'kumiai',
      uidl: 'UID-99-4f1c2Xk9',
      octets: 18_220,
      failure: {
        code: 'message-refused',
        message: 'the server answered -ERR to RETR',
        temporary: true,
        account: 'Kumiai catch-all',
        step: 'retrieve',
        host: 'pop.kumiai.example',
        said: 'Message is corrupted',
      },
      attempts: 3,
      hasBytes: false,
      onServer: true,
      since: ago(26),
    },
    {
      id: 'p1',
      account: 'kaze-net',
      uidl: 'UID-7-000132',
      octets: 52_004_110,
      failure: { code: 'scan-failed', message: 'clamd gave no answer', temporary: true, account: 'Kaze-net', step: 'scan' },
      attempts: 4,
      hasBytes: true,
      onServer: true,
      since: ago(3),
    },
  ];
}

export const routes = routing.parse({
  domains: ['mori.example', 'kumiai.example'],
  mailboxes: [
    { address: 'ayumi@mori.example', path: 'mori.example/ayumi/' },
    { address: 'postmaster@mori.example', path: 'mori.example/postmaster/' },
    { address: 'info@kumiai.example', path: 'kumiai.example/info/', limit: 20_000_000 },
    { address: '@kumiai.example', path: 'kumiai.example/catch-all/' },
  ],
  aliases: [
    { from: 'abuse@mori.example', to: ['postmaster@mori.example'] },
    { from: 'team@kumiai.example', to: ['ayumi@mori.example', 'info@kumiai.example', 'maya@porto.example'] },
    { from: 'root', to: ['postmaster@mori.example'] },
  ],
  postmaster: 'postmaster@mori.example',
});

const hop = (change: Partial<Hop>): Hop => ({
  from: null,
  fromIp: null,
  by: null,
  with: null,
  id: null,
  for: null,
  drop: null,
  tls: null,
  date: null,
  delaySeconds: null,
  raw: '',
  maker: 'postfix',
  trusted: true,
  ...change,
});

export function makeTrace(): Trace & { readonly groups: readonly HeaderGroup[]; readonly text: string } {
  const start = Date.now() - 1_530_000;
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const tls = (version: string) => ({ version, cipher: 'TLS_AES_256_GCM_SHA384', bits: 256 });
  return {
    hops: [
      hop({
        from: 'sasaki-nb',
        fromIp: '192.168.10.23',
        by: 'mail.kawa.example',
        with: 'ESMTPSA',
        id: '4F1c2Xk9',
        tls: tls('TLSv1.3'),
        date: at(0),
        delaySeconds: 0,
        trusted: false,
        raw: 'from sasaki-nb (unknown [192.168.10.23]) by mail.kawa.example (Postfix) with ESMTPSA id 4F1c2Xk9',
      }),
      hop({
        from: 'mail.kawa.example',
        fromIp: '203.0.113.25',
        by: 'mx1.kaze-net.example',
        with: 'ESMTPS',
        id: '7b02d11e',
        for: 'ayumi@kaze-net.example',
        tls: tls('TLSv1.3'),
        date: at(2),
        delaySeconds: 2,
        raw: 'from mail.kawa.example (mail.kawa.example [203.0.113.25]) by mx1.kaze-net.example (Postfix) with ESMTPS id 7b02d11e for <ayumi@kaze-net.example>',
      }),
      hop({
        from: 'mx1.kaze-net.example',
        fromIp: '198.51.100.5',
        by: 'spool3.kaze-net.example',
        with: 'LMTP',
        id: '9a',
        for: 'ayumi@kaze-net.example',
        date: at(41),
        delaySeconds: 39,
        maker: 'dovecot',
        raw: 'from mx1.kaze-net.example by spool3.kaze-net.example with LMTP id 9a',
      }),
      hop({
        from: 'pop.kaze-net.example',
        fromIp: '198.51.100.7',
        by: 'mori.example',
        with: 'POP3',
        for: 'ayumi@mori.example',
        drop: 'single',
        tls: tls('TLSv1.2'),
        date: at(89),
        delaySeconds: 48,
        maker: 'fetchmail',
        raw: 'from pop.kaze-net.example [198.51.100.7]\n\tby mori.example with POP3 (fetchmail-6.4.39)\n\tfor <ayumi@mori.example> (single-drop); Mon, 24 Nov 2025 10:42:31 +0900 (JST)',
      }),
      hop({
        from: 'localhost',
        fromIp: '127.0.0.1',
        by: 'mori.example',
        with: 'LMTP',
        id: 'xyz',
        for: 'ayumi@mori.example',
        date: at(90),
        delaySeconds: 1,
        maker: 'todoku',
        raw: 'from localhost by mori.example with LMTP',
      }),
    ],
    totalSeconds: 90,
    boundary: 1,
    authentication: [
      {
        authservId: 'mx1.kaze-net.example',
        trusted: true,
        methods: [
          { method: 'spf', result: 'pass', domain: 'kawa.example', detail: '203.0.113.25 is a listed sender' },
          { method: 'dkim', result: 'pass', domain: 'kawa.example', detail: 'selector 2025a' },
          { method: 'dmarc', result: 'pass', domain: 'kawa.example', detail: 'policy quarantine' },
          { method: 'arc', result: 'none', domain: null, detail: 'not forwarded by a list' },
        ],
      },
      { authservId: 'mail.kawa.example', trusted: false, methods: [{ method: 'spf', result: 'pass', domain: 'kawa.example', detail: '' }] },
    ],
    anomalies: [
      { kind: 'clock-skew', hop: 1, detail: '-4 s' },
      { kind: 'long-delay', hop: 2, detail: '39 s' },
      { kind: 'private-address', hop: 0, detail: '192.168.10.23' },
    ],
    groups: [
      {
        group: 'addressing',
        headers: [
          { name: 'From', value: '佐々木 健 <ken@kawa.example>', explained: null },
          { name: 'To', value: 'ayumi@mori.example, Maya Okonkwo <maya@kumiai.example>', explained: null },
          { name: 'Subject', value: '中継サーバーの切り替えは木曜 22 時', explained: null },
        ],
      },
      {
        group: 'envelope',
        headers: [
          { name: 'Return-Path', value: '<ken@kawa.example>', explained: 'where a bounce would go' },
          { name: 'Delivered-To', value: 'ayumi@kaze-net.example', explained: 'the real envelope recipient' },
        ],
      },
      { group: 'identity', headers: [{ name: 'Message-ID', value: '<20251124104102.4F1c2Xk9@kawa.example>', explained: null }] },
      {
        group: 'station',
        headers: [
          { name: 'X-Virus-Scanned', value: 'clamav at mori.example', explained: null },
          { name: 'X-Virus-Status', value: 'Clean', explained: null },
        ],
      },
    ],
    text: 'hop 1: sasaki-nb -> mail.kawa.example ...',
  };
}
