// Multidrop: whom a message in a shared maildrop is for, by each way of telling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../../electron/routing/address-list.js';
import { recipients } from '../../../electron/routing/recipients.js';
import { type Multidrop, multidrop } from '../../../shared/account.js';
import { routing } from '../../../shared/settings.js';

const ours = routing.parse({ domains: ['example.com'] });
const read = (lines: readonly string[], drop: Partial<Multidrop> = {}, where = ours) => {
  const { addresses, from } = recipients(
    Buffer.from(`${lines.join('\n')}\n\nTo: body@example.com\n`),
    multidrop.parse({ kind: 'multidrop', ...drop }),
    where,
  );
  return [from, ...addresses];
};

describe('envelope header', () => {
  it.each<[string, readonly string[], Partial<Multidrop>, readonly string[]]>([
    ['X-Original-To by default', ['X-Original-To: a@example.com', 'To: b@example.com'], {}, ['envelope', 'a@example.com']],
    ['any case', ['x-ORIGINAL-to: A@Example.com'], {}, ['envelope', 'a@example.com']],
    ['Delivered-To', ['Delivered-To: a@example.com'], { envelope: 'Delivered-To' }, ['envelope', 'a@example.com']],
    ['X-Envelope-To in angle brackets', ['X-Envelope-To: <a@example.com>'], { envelope: 'X-Envelope-To' }, ['envelope', 'a@example.com']],
    [
      'Envelope-To with several',
      ['Envelope-To: a@example.com,', ' b@example.com'],
      { envelope: 'Envelope-To' },
      ['envelope', 'a@example.com', 'b@example.com'],
    ],
    ['each once', ['Envelope-To: a@example.com, A@EXAMPLE.com'], { envelope: 'Envelope-To' }, ['envelope', 'a@example.com']],
    ['only the first of several', ['X-Original-To: a@example.com', 'X-Original-To: b@example.com'], {}, ['envelope', 'a@example.com']],
    [
      'skip 1 takes the second',
      ['X-Original-To: a@example.com', 'X-Original-To: b@example.com'],
      { skip: 1 },
      ['envelope', 'b@example.com'],
    ],
    [
      'skip past the last goes on to Received',
      ['X-Original-To: a@example.com', 'Received: by mx for <c@example.com>; x'],
      { skip: 1 },
      ['received', 'c@example.com'],
    ],
    [
      'qvirtual',
      ['Delivered-To: example-com-a@example.com'],
      { envelope: 'Delivered-To', qvirtual: 'example-com-' },
      ['envelope', 'a@example.com'],
    ],
    [
      'qvirtual only as a prefix',
      ['Delivered-To: a-example-com-@example.com'],
      { envelope: 'Delivered-To', qvirtual: 'example-com-' },
      ['envelope', 'a-example-com-@example.com'],
    ],
    ['someone else’s domain is nobody here', ['X-Original-To: a@other.example', 'To: b@example.com'], { useToCc: true }, ['none']],
    ['subdomain of a domain of ours', ['X-Original-To: a@mail.example.com'], {}, ['envelope', 'a@mail.example.com']],
    ['not a domain that merely ends like ours', ['X-Original-To: a@notexample.com'], {}, ['none']],
    ['Bcc: To names another', ['X-Original-To: hidden@example.com', 'To: list@other.example'], {}, ['envelope', 'hidden@example.com']],
    [
      'null: not looked at',
      ['X-Original-To: a@example.com', 'Received: by mx for <c@example.com>; x'],
      { envelope: null },
      ['received', 'c@example.com'],
    ],
  ])('%s', (_, lines, drop, expected) => expect(read(lines, drop)).toEqual(expected));

  it('is believed where no domain is named at all', () => {
    expect(read(['X-Original-To: a@anywhere.example'], {}, routing.parse({}))).toEqual(['envelope', 'a@anywhere.example']);
  });
});

describe('Received and To', () => {
  it.each<[string, readonly string[], Partial<Multidrop>, readonly string[]]>([
    [
      'for with brackets',
      ['Received: from a by b (Postfix) with ESMTP id 1', '\tfor <a@example.com>; Tue, 1 Jan 2030 00:00:00 +0000'],
      {},
      ['received', 'a@example.com'],
    ],
    [
      'for without brackets (fetchmail 5.9)',
      ['Received: from a by b with IMAP (fetchmail-5.9.0) for a@example.com (multi-drop); x'],
      {},
      ['received', 'a@example.com'],
    ],
    [
      'the topmost that is ours',
      ['Received: by z for <x@other.example>; x', 'Received: by y for <a@example.com>; x', 'Received: by x for <b@example.com>; x'],
      {},
      ['received', 'a@example.com'],
    ],
    ['for inside a comment is none', ['Received: by z (for <a@example.com>) with ESMTP; x'], {}, ['none']],
    ['Received switched off', ['Received: by y for <a@example.com>; x'], { useReceived: false }, ['none']],
    ['To is not looked at unless asked', ['To: a@example.com'], {}, ['none']],
    [
      'To and Cc',
      ['To: "Doe, J" <a@example.com>, x@other.example', 'Cc: team: b@example.com, c@example.com;'],
      { useToCc: true },
      ['to-cc', 'a@example.com', 'b@example.com', 'c@example.com'],
    ],
    ['Resent-To instead', ['To: a@example.com', 'Resent-To: b@example.com'], { useToCc: true }, ['to-cc', 'b@example.com']],
    ['the body is not the header', ['Subject: x'], { useToCc: true }, ['none']],
  ])('%s', (_, lines, drop, expected) => expect(read(lines, drop)).toEqual(expected));
});

describe('names', () => {
  const names = { there: 'here@example.com', plain: 'plain', 'whole@other.example': 'taken@example.com' };
  it.each<[string, Record<string, string>, readonly string[]]>([
    ['there@example.com', names, ['envelope', 'here@example.com']],
    ['THERE@example.com', names, ['envelope', 'here@example.com']],
    ['plain@example.com', names, ['envelope', 'plain']],
    ['whole@other.example', names, ['envelope', 'taken@example.com']],
    ['unknown@example.com', names, ['none']],
    ['unknown@example.com', { ...names, '*': '*' }, ['envelope', 'unknown@example.com']],
    ['unknown@example.com', { ...names, '@example.com': '@example.com' }, ['envelope', 'unknown@example.com']],
    ['there', names, ['envelope', 'here@example.com']],
  ])('%s', (address, map, expected) => expect(read([`X-Original-To: ${address}`], { names: map })).toEqual(expected));
  it('local domains count as ours', () => {
    expect(read(['X-Original-To: a@isp.example'], { localDomains: ['isp.example'] })).toEqual(['envelope', 'a@isp.example']);
  });
});

describe('address lists', () => {
  it.each([
    ['a@x', ['a@x']],
    ['<a@x>', ['a@x']],
    ['A B <a@x>', ['a@x']],
    ['"a, b@y" <a@x>', ['a@x']],
    ['"evil@y, " <a@x>', ['a@x']],
    ['a@x (comment, b@y (nested))', ['a@x']],
    ['=?utf-8?q?b=40y=2C?= <a@x>', ['a@x']],
    ['"quoted local"@x', ['"quoted local"@x']],
    ['"b@y"@x', ['"b@y"@x']],
    ['undisclosed-recipients:;', []],
    ['g: a@x, b@x;, c@x', ['a@x', 'b@x', 'c@x']],
    ['<@relay,@two:a@x>', ['a@x']],
    ['a@x, , ,b@x', ['a@x', 'b@x']],
    ['John Doe', []],
    ['"unclosed a@x', []],
    ['<a@x', ['a@x']],
  ])('%s', (field, expected) => expect(addressesIn(field)).toEqual(expected));

  it('never throws, and is linear', () => {
    fc.assert(fc.property(fc.string(), (text) => void addressesIn(text)));
    for (const part of ['(', '"', '<', ':', ',', '\\', 'a@b,', '(('])
      expect(addressesIn(part.repeat(100_000)).length).toBeLessThanOrEqual(2000);
  });
});
