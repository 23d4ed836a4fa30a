// Every maker of bounce has a message and the whole report expected of it. The fixtures are the table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makerOf, readBounce } from '../../../electron/bounce/bounce.js';
import { bounceMakers } from '../../../electron/bounce/maker/table.js';

const folder = (name: string): string => join(import.meta.dirname, '../../fixture/bounce', name);
const messages = (name: string): string[] => readdirSync(folder(name)).filter((file) => file.endsWith('.eml'));

describe.each(['maker', 'server'])('%s', (name) => {
  test.each(messages(name))('%s', (file) => {
    const expected: unknown = JSON.parse(readFileSync(join(folder(name), file.replace(/eml$/, 'json')), 'utf8'));
    expect(readBounce(readFileSync(join(folder(name), file)))).toEqual(expected);
  });
});

test('the table holds 60 makers and more, each with a fixture that it, and no other, reads', () => {
  const read = new Set(messages('maker').map((file) => makerOf(readFileSync(join(folder('maker'), file)))));
  expect(bounceMakers.map((maker) => maker.name).filter((name) => !read.has(name))).toEqual([]);
  expect(bounceMakers.length).toBeGreaterThanOrEqual(60);
});

test('bounces of at least 15 makes came from servers that ran for this', () => {
  expect(messages('server').length).toBeGreaterThanOrEqual(15);
  expect(new Set(messages('server').map((file) => file.split('-')[0]))).toEqual(
    new Set(['exim', 'fetchmail', 'haraka', 'opensmtpd', 'postfix', 'sendmail']),
  );
});

test('what a server refused for a known reason is told with that reason', () => {
  const reasons: Record<string, string> = {
    'user-unknown': 'user-unknown',
    'mailbox-full': 'mailbox-full',
    'too-big': 'too-big',
    blocked: 'blocked',
    'relay-denied': 'policy',
    moved: 'moved',
    spam: 'content',
    virus: 'virus',
    dmarc: 'authentication',
    disabled: 'disabled',
    'host-unknown': 'host-unknown',
    'connection-refused': 'network',
    'greylisted-given-up': 'rate-limited',
  };
  for (const file of messages('server')) {
    const expected = reasons[file.replace(/^[a-z]+-|\.eml$/g, '')];
    if (expected === undefined) continue;
    const report = readBounce(readFileSync(join(folder('server'), file)));
    expect([file, ...report.recipients.map((recipient) => recipient.reason)]).toEqual([file, expected]);
  }
});
