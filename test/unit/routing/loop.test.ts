// What is a loop, and what only looks like one.
import { expect, it } from 'vitest';
import { loopRefusal } from '../../../electron/routing/loop.js';

const hops = (count: number) => Array.from({ length: count }, (_, index) => `Received: from h${index} by h${index + 1} with ESMTP; x`);
const station = { hopLimit: 50, host: 'station.example', account: 'work' };
const own = (polling = '', to = 'a@example.com', from = 'pop.example.com') => [
  `Received: from ${from} [192.0.2.7]`,
  `\tby station.example with POP3 (Todoku-0.1.0${polling})`,
  `\tfor <${to}> (single-drop); Tue, 24 Nov 2026 01:58:20 +0000 (UTC)`,
];

it.each<[string, readonly string[], object, string | null]>([
  ['nothing', ['Subject: x'], {}, null],
  ['forty-nine hops', hops(49), {}, null],
  ['fifty', hops(50), {}, '5.4.0'],
  ['another limit', hops(4), { hopLimit: 3 }, '5.4.0'],
  ['Delivered-To below a hop', ['Received: by x; y', 'Delivered-To: a@example.com', 'Received: by z; y'], {}, '5.4.6'],
  ['in another case', ['Received: by x; y', 'Delivered-To: A@Example.COM'], {}, '5.4.6'],
  ['without any hop', ['Delivered-To: a@example.com', 'Subject: x'], {}, '5.4.6'],
  [
    'the maildrop’s own, above its hop',
    ['Return-Path: <x@y>', 'X-Original-To: a@example.com', 'Delivered-To: a@example.com', 'Received: by x; y'],
    {},
    null,
  ],
  ['the envelope header of a multidrop account', ['Delivered-To: a@example.com', 'Subject: x'], { envelope: 'Delivered-To' }, null],
  ['but not twice', ['Delivered-To: a@example.com', 'Delivered-To: a@example.com'], { envelope: 'Delivered-To' }, '5.4.6'],
  ['someone else’s', ['Received: by x; y', 'Delivered-To: b@example.com'], {}, null],
  ['an extension is another name', ['Received: by x; y', 'Delivered-To: a+x@example.com'], {}, null],
  ['fetched before, for the same address', own(), {}, '5.4.6'],
  ['fetched before, for another address', own('', 'b@example.com'), {}, null],
  ['fetched before, from another server', own('', 'a@example.com', 'imap.example.net'), { server: 'pop.example.com' }, null],
  ['fetched before, from the same server', own(), { server: 'POP.example.com' }, '5.4.6'],
  ['by the same account, in so many words', own(' polling work account u', 'b@example.com'), {}, '5.4.6'],
  ['by another account', own(' polling home account u'), {}, null],
  ['by another station', own().map((line) => line.replace('station.example', 'other.example')), {}, null],
  ['by fetchmail', own().map((line) => line.replace('Todoku', 'fetchmail')), {}, null],
  ['in the body', ['Subject: x', '', 'Delivered-To: a@example.com', ...hops(60)], {}, null],
])('%s', (_, lines, options, status) => {
  const refusal = loopRefusal(Buffer.from(`${lines.join('\n')}\n\nbody\n`), 'a@example.com', { ...station, ...options });
  expect(refusal?.status ?? null).toBe(status);
});
