// Whole chains: order, delays, the boundary, who may be believed, and what does not fit.
import { expect, test } from 'vitest';
import { headerGroups } from '../../../electron/trace/groups.js';
import { ownHosts } from '../../../electron/trace/own.js';
import { traceText } from '../../../electron/trace/text.js';
import { readTrace } from '../../../electron/trace/trace.js';

const now = Date.parse('2026-11-24T02:00:00Z');
const fetched =
  'Received: from pop.home.test [192.0.2.7]\n\tby station.local with POP3S (Todoku-0.1.0)\n\tfor <a@home.test> (single-drop); Tue, 24 Nov 2026 10:05:00 +0900 (JST)\n';
const entered =
  'Received: from mail.far.test (mail.far.test [198.51.100.4])\n\tby mx.home.test (Postfix) with ESMTPS id AAA\n\tfor <a@home.test>; Tue, 24 Nov 2026 01:00:10 +0000 (UTC)\n';
const sent =
  'Received: from pc.far.test (pc.far.test [198.51.100.9])\n\tby mail.far.test (Postfix) with ESMTPSA id BBB; Mon, 23 Nov 2026 20:00:05 -0500 (EST)\n';
const rest = 'From: b@far.test\nTo: a@home.test\nSubject: x\n\nbody\n';
const kinds = (text: string): string[] => readTrace(text, { now }).anomalies.map(({ kind, hop }) => `${kind}@${hop}`);

test('a chain of three, oldest first, fetched by the station', () => {
  const trace = readTrace(fetched + entered + sent + rest, { now });
  expect(trace.hops.map((hop) => [hop.maker, hop.date, hop.delaySeconds, hop.trusted])).toEqual([
    ['postfix', '2026-11-24T01:00:05Z', null, false],
    ['postfix', '2026-11-24T01:00:10Z', 5, true],
    ['todoku', '2026-11-24T01:05:00Z', 290, true],
  ]);
  expect([trace.totalSeconds, trace.boundary, trace.anomalies]).toEqual([295, 1, []]);
});

test('no Received line at all', () => {
  expect(readTrace(rest)).toEqual({ hops: [], totalSeconds: null, boundary: null, authentication: [], anomalies: [] });
});

test('the boundary does not run past a stranger who names our server', () => {
  const forged =
    'Received: from inner.home.test (inner.home.test [10.0.0.1]) by mx.home.test (Postfix) with ESMTP id CCC; Tue, 24 Nov 2026 00:59:00 +0000\n';
  expect(readTrace(fetched + entered + forged + rest, { now }).boundary).toBe(1);
  expect(readTrace(entered + forged + rest, { now, trustedHosts: ['home.test'] }).boundary).toBe(1);
});

test('inner hops of our own belong to us; configured hosts decide alone', () => {
  const inner =
    'Received: from mx.home.test (mx.home.test [10.0.0.1]) by imap.home.test with LMTP id aBcDEF1lZQaFHgAAdE6TWg (envelope-from <b@far.test>) for <a@home.test>; Tue, 24 Nov 2026 01:00:11 +0000\n';
  expect(readTrace(fetched + inner + entered + sent + rest, { now }).boundary).toBe(1);
  expect(readTrace(inner + entered + sent + rest, { now, trustedHosts: ['home.test'] }).boundary).toBe(1);
  expect(readTrace(inner + entered + sent + rest, { now, trustedHosts: ['else.test'] }).boundary).toBe(null);
});

test('networks that are ours: who is in them is believed, whatever its name', () => {
  const inner =
    'Received: from relay.other.test (relay.other.test [198.51.100.77]) by mx.home.test (Postfix) with ESMTP id DDD; Tue, 24 Nov 2026 01:00:11 +0000\n';
  const first =
    'Received: from mail.far.test (mail.far.test [203.0.113.5]) by relay.other.test (Postfix) with ESMTP id EEE; Tue, 24 Nov 2026 01:00:05 +0000\n';
  const boundary = (...trustedHosts: string[]) => readTrace(inner + first + rest, { now, trustedHosts }).boundary;
  expect(boundary('home.test')).toBe(1);
  expect(boundary('home.test', 'relay.other.test', '198.51.100.0/24')).toBe(0);
  expect(boundary('home.test', 'relay.other.test', '198.51.100.77')).toBe(0);
  expect(boundary('home.test', '198.51.100.0/24')).toBe(1);
  expect(boundary('home.test', '198.51.100.0/33', '/24', '')).toBe(1);
  expect(ownHosts(['2001:db8::/32', '[192.0.2.1]']).holds('2001:db8::7')).toBe(true);
  expect(ownHosts(['2001:db8::/32', '[192.0.2.1]']).holds('192.0.2.1')).toBe(true);
  expect(ownHosts(['2001:db8::/32', '192.0.2.1']).holds('192.0.2.2')).toBe(false);
});

test('authentication results count only above the boundary', () => {
  const result = (who: string, spf: string): string =>
    `Authentication-Results: ${who};\n\tdkim=pass (2048-bit key) header.d=far.test;\n\tspf=${spf} smtp.mailfrom=b@far.test; dmarc=pass header.from=far.test\n`;
  const trace = readTrace(fetched + result('mx.home.test', 'pass') + entered + result('mx.home.test', 'pass') + sent + rest, { now });
  expect(trace.authentication.map(({ authservId, trusted }) => [authservId, trusted])).toEqual([
    ['mx.home.test', true],
    ['mx.home.test', false],
  ]);
  expect(trace.authentication[0]?.methods.map(({ method, result: found, domain }) => [method, found, domain])).toEqual([
    ['dkim', 'pass', 'far.test'],
    ['spf', 'pass', 'far.test'],
    ['dmarc', 'pass', 'far.test'],
  ]);
});

test('Office 365 results without a server name, ARC, Received-SPF', () => {
  const text =
    'Authentication-Results: spf=fail (sender IP is 198.51.100.4) smtp.mailfrom=far.test; dkim=none (message not signed) header.d=none\nARC-Authentication-Results: i=1; mx.google.com; arc=pass\nReceived-SPF: softfail (mx.home.test: domain of b@far.test does not designate 198.51.100.4) client-ip=198.51.100.4;\n\n';
  expect(
    readTrace(text).authentication.map(({ authservId, methods }) => [
      authservId,
      methods.map(({ method, result }) => `${method}=${result}`),
    ]),
  ).toEqual([
    ['', ['spf=fail', 'dkim=none']],
    ['mx.google.com', ['arc=pass']],
    ['mx.home.test', ['spf=softfail']],
  ]);
});

test.each([
  ['a clock two minutes behind', entered.replace('01:00:10', '00:58:00') + sent, ['clock-skew@1']],
  ['a clock five seconds behind', entered.replace('01:00:10', '01:00:00') + sent, ['negative-delay@1']],
  [
    'a wait of two hours',
    entered.replace('01:00:10', '03:00:10').replace('24 Nov', '24 Nov') + sent.replace('20:00:05', '20:00:05'),
    ['long-delay@1'],
  ],
  ['a date of last week in front of a later one', entered + sent.replace('23 Nov', '29 Nov'), ['future@0', 'forged@1']],
  ['no date', entered + sent.replace(/; Mon.*/, ''), ['no-date@0']],
  ['a private network', entered + sent.replace('198.51.100.9', '10.1.2.3'), ['private-address@0']],
  ['a client that greets with our own name', entered.replace('from mail.far.test (mail', 'from mx.home.test (mail') + sent, ['forged@1']],
  [
    'a client that greets with another name',
    entered.replace('from mail.far.test (mail', 'from mail.other.test (mail') + sent,
    ['helo-mismatch@1'],
  ],
  ['nothing we know', `Received: here it was\n${sent}`, ['unparsed@1']],
])('%s', (_name, chain, expected) => {
  expect(kinds(chain + rest)).toEqual(expected);
});

test('a loop, and too many hops', () => {
  const hop = (from: string, by: string): string => `Received: from ${from} by ${by} with SMTP id 1; Tue, 24 Nov 2026 01:00:00 +0000\n`;
  expect(kinds(hop('a.test', 'b.test') + hop('b.test', 'a.test') + hop('a.test', 'b.test') + rest)).toEqual(['loop@2']);
  expect(kinds(`Delivered-To: a@home.test\nDelivered-To: A@home.test\n${entered}${rest}`)).toEqual(['loop@null']);
  const long = Array.from({ length: 30 }, (_each, index) => hop(`h${index + 1}.test`, `h${index}.test`)).join('');
  expect(readTrace(long + rest, { now }).hops.length).toBe(30);
  expect(kinds(long + rest)).toEqual(['too-many-hops@null']);
});

test('as text, in English and Japanese, without control characters', () => {
  const trace = readTrace(fetched + entered.replace('AAA', 'A\u001bA') + sent + rest, { now });
  expect(traceText(trace, 'en')).toContain(
    '2. 2026-11-24T01:00:10Z  +5 s  [boundary: here our own servers took it]\n   from  mail.far.test [198.51.100.4]\n   by    mx.home.test\n   with  ESMTPS (TLS)',
  );
  expect(traceText(trace, 'en')).toContain('single-drop: everything in this maildrop belongs to one mailbox');
  expect(traceText(trace, 'ja')).toContain('合計: 4 分 55 秒');
  expect(traceText(trace, 'en')).not.toMatch(/[\0-\x09\x0b-\x1f]/);
});

test('fields in groups, decoded and explained', () => {
  const groups = headerGroups('X-Todoku-Verdict: clean\nList-Id: <l.test>\nSubject: =?utf-8?B?5rOo5paH?=\nX-Own: 1\n\n', 'ja');
  expect(groups).toEqual([
    { group: 'identity', headers: [{ name: 'Subject', value: '注文', explained: '著者が書いた件名です。' }] },
    { group: 'list', headers: [{ name: 'List-Id', value: '<l.test>', explained: '経由したメーリングリストです。' }] },
    { group: 'station', headers: [{ name: 'X-Todoku-Verdict', value: 'clean', explained: null }] },
    { group: 'other', headers: [{ name: 'X-Own', value: '1', explained: null }] },
  ]);
});

test('a queue writes no host: it is concluded from the line before, and said to be', () => {
  const smtpd = 'Received: from mail.far.test (HELO mail.far.test) (198.51.100.4) by q.home.test with SMTP; 24 Nov 2026 01:00:00 -0000\n';
  const queue = 'Received: (qmail 7 invoked from network); 24 Nov 2026 01:00:01 -0000\n';
  const trace = readTrace(queue + smtpd + rest, { now });
  expect(trace.hops.map(({ by }) => by)).toEqual(['q.home.test', 'q.home.test']);
  expect(trace.anomalies).toEqual([{ kind: 'derived', hop: 1, detail: 'by q.home.test' }]);
  expect(traceText(trace, 'en')).toContain('Hop 2 does not state this itself');
  expect(readTrace(queue + rest, { now }).hops[0]?.by).toBe(null);
});
