// CRLF to LF over chunks cut anywhere, and UIDs as ranges: each with a plain oracle.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batches, sequences } from '../../../electron/imap/batches.js';
import { imapError } from '../../../electron/imap/errors.js';
import { LineEnds } from '../../../electron/imap/lines.js';
import { openIdentities } from '../../../electron/station/identity.js';
import type { LedgerEntry } from '../../../electron/station/ledger.js';

function through(chunks: readonly Uint8Array[]): string {
  const lines = new LineEnds();
  return Buffer.concat([...chunks.map((chunk) => Buffer.from(lines.feed(chunk))), lines.end()]).toString('latin1');
}

describe('line ends', () => {
  it('whatever the octets and wherever they are cut', () => {
    const octet = fc.constantFrom(13, 10, 0, 65, 255);
    fc.assert(
      fc.property(fc.array(fc.array(octet, { maxLength: 6 }), { maxLength: 8 }), (chunks) => {
        const whole = Buffer.from(chunks.flat()).toString('latin1');
        expect(through(chunks.map((chunk) => Uint8Array.from(chunk)))).toBe(whole.replaceAll('\r\n', '\n'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('sequences', () => {
  it('name these UIDs and no others', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(uids, fc.integer({ min: 1, max: 9 }), (wanted, most) => {
        const named = sequences(wanted, most).flatMap((piece) =>
          piece.split(',').flatMap((range) => {
            const [from = 0, to = from] = range.split(':').map(Number);
            return Array.from({ length: to - from + 1 }, (_, index) => from + index);
          }),
        );
        expect(named).toEqual([...wanted].sort((one, other) => one - other));
      }),
    );
  });

  it.each([
    [[], []],
    [[4294967295], ['4294967295']],
    [[3, 1, 2, 7], ['1:3,7']],
  ])('%j', (uids, expected) => expect(sequences(uids, 500)).toEqual(expected));
});

describe('batches', () => {
  async function* from(octets: readonly number[]) {
    yield* octets.map((size, index) => ({ number: index + 1, octets: size }));
  }
  async function sizes(octets: readonly number[]): Promise<number[]> {
    const lengths: number[] = [];
    for await (const batch of batches(from(octets), { messages: 3, octets: 100 })) lengths.push(batch.length);
    return lengths;
  }
  it.each([
    ['nothing', [], []],
    ['by number', [1, 1, 1, 1], [3, 1]],
    ['by octets', [60, 60, 10], [1, 2]],
    ['a large one alone', [1, 5000, 1], [1, 1, 1]],
  ])('%s', async (_, octets, expected) => expect(await sizes(octets)).toEqual(expected));
});

describe('refusals', () => {
  const facts = { host: 'h', step: 'login' };
  const clean = (text: string) => text;
  const no = { responseStatus: 'NO', response: 'x' };
  const login = { ...no, authenticationFailed: true };
  it.each([
    ['a wrong password', { ...login, serverResponseCode: 'AUTHENTICATIONFAILED' }, 'auth', false],
    ['no code', login, 'auth', false],
    ['no code, busy', { ...login, response: 'Mailbox is locked' }, 'mailbox-busy', true],
    ['in use', { ...login, serverResponseCode: 'INUSE' }, 'mailbox-busy', true],
    ['too many', { ...login, serverResponseCode: 'LIMIT' }, 'mailbox-busy', true],
    ['no TLS', { ...login, serverResponseCode: 'PRIVACYREQUIRED' }, 'auth-in-clear', false],
    ['LOGINDISABLED', { authenticationFailed: true, message: 'Login is disabled' }, 'auth-in-clear', false],
    ['no way', { authenticationFailed: true, message: 'No matching authentication method' }, 'auth-unsupported', false],
    ['a command', no, 'server-refused', true],
    ['a turned away connection', { code: 'NoConnection', reason: 'Too many connections' }, 'server-busy', true],
    ['silence', { code: 'ETIMEOUT' }, 'timeout', true],
    ['garbage', { code: 'ParserError11' }, 'protocol', true],
    ['a long line', { code: 'LineTooLarge' }, 'limit', true],
    ['no STARTTLS', { tlsFailed: true, message: 'Server does not support STARTTLS' }, 'starttls-missing', false],
    ['anything else', { code: 'EWHATEVER' }, 'connection-lost', true],
  ])('%s', (_, fields, code, temporary) => {
    const error = Object.assign(new Error('message' in fields ? String(fields.message) : 'it failed'), fields);
    expect(imapError(error, facts, clean)).toMatchObject({ code, temporary, facts: { host: 'h' } });
  });
});

describe('a folder numbered anew', () => {
  const entry = (key: string, uidl: string, more: Partial<LedgerEntry> = {}): [string, LedgerEntry] => [
    key,
    { account: 'a', key, uidl, octets: 9, state: 'delivered', sha256: 'same', firstSeen: 0, ...more },
  ];
  const settle = (known: readonly [string, LedgerEntry][], uidls: readonly string[]) => {
    const identities = openIdentities('a', new Map(known));
    return uidls.map(
      (uidl, index) => identities.settle({ number: index, octets: 9, uidl, key: `new${index}`, recheck: null }, 'same', 9).kind,
    );
  };
  it.each([
    ['is what it was, by content', [entry('k', '7:1')], ['8:1'], ['known']],
    ['each message speaks for one', [entry('k', '7:1')], ['8:1', '8:2'], ['known', 'new']],
    ['two equal ones stay two', [entry('k', '7:1'), entry('l', '7:2')], ['8:1', '8:2', '8:3'], ['known', 'known', 'new']],
    ['an equal message under the same UIDVALIDITY is another one', [entry('k', '7:1')], ['7:2'], ['new']],
    ['what was deleted may come again', [entry('k', '7:1', { state: 'deleted' })], ['8:1'], ['new']],
    ['a POP3 name is no IMAP name', [entry('k', '0000001f4a')], ['8:1'], ['new']],
  ] as const)('%s', (_, known, uidls, expected) => expect(settle([...known], uidls)).toEqual(expected));
});
