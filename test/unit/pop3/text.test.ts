// Small texts: status lines, capabilities, listings, refusals, what a transcript may show.
import { describe, expect, it } from 'vitest';
import { networkError } from '../../../electron/net/network-error.js';
import { printable } from '../../../electron/net/text.js';
import { Transcript } from '../../../electron/net/transcript.js';
import { parseCapabilities } from '../../../electron/pop3/capabilities.js';
import { type Place, refusal } from '../../../electron/pop3/errors.js';
import { joinListing } from '../../../electron/pop3/listing.js';
import { parseReply } from '../../../electron/pop3/reply.js';

it.each([
  ['+OK', { kind: 'ok', text: '', code: null }],
  ['+OK 2 320', { kind: 'ok', text: '2 320', code: null }],
  ['+ok hello', { kind: 'ok', text: 'hello', code: null }],
  ['-ERR [IN-USE] busy', { kind: 'err', text: '[IN-USE] busy', code: 'IN-USE' }],
  ['-ERR [login-delay 120] wait', { kind: 'err', text: '[login-delay 120] wait', code: 'LOGIN-DELAY' }],
  ['+ Y2hhbGxlbmdl', { kind: 'more', text: 'Y2hhbGxlbmdl', code: null }],
  ['+', { kind: 'more', text: '', code: null }],
  ['+OKAY', null],
  ['OK', null],
  ['', null],
])('the line %j', (line, reply) => expect(parseReply(line)).toEqual(reply));

it('capabilities', () => {
  expect(
    parseCapabilities('TOP\nuser\nSASL plain  Login\nLOGIN-DELAY 900 USER\nEXPIRE 60\nPIPELINING\nIMPLEMENTATION Shlemazle v302\n'),
  ).toMatchObject({
    known: true,
    pipelining: true,
    stls: false,
    uidl: false,
    top: true,
    user: true,
    sasl: ['PLAIN', 'LOGIN'],
    loginDelay: 900,
    expire: 60,
    implementation: 'Shlemazle v302',
  });
  expect(parseCapabilities('EXPIRE NEVER\nLOGIN-DELAY soon')).toMatchObject({ expire: 'never', loginDelay: null, sasl: [] });
});

describe('a listing', () => {
  const join = (list: string, uidl: string | null) => joinListing(Buffer.from(list), uidl === null ? null : Buffer.from(uidl));
  it('in order, by number, UIDLs as they are', () => {
    expect(join('2 20\n1 10 extra\n', '1 a b\n2 same\n3 gone\n')).toEqual([
      { number: 1, octets: 10, uidl: 'a b' },
      { number: 2, octets: 20, uidl: 'same' },
    ]);
    expect(join('1 10\n', null)).toEqual([{ number: 1, octets: 10, uidl: null }]);
  });
  it.each([
    ['x 10\n', null],
    ['1\n', null],
    ['1 -5\n', null],
    ['1 10\n', 'x\n'],
  ])('unreadable: %j %j', (list, uidl) => {
    expect(() => join(list, uidl)).toThrow(expect.objectContaining({ code: 'protocol' }));
  });
});

it.each<[string, Place, string, boolean]>([
  ['-ERR [AUTH] no', 'login', 'auth', false],
  ['-ERR no', 'login', 'auth', false],
  ['-ERR mailbox locked', 'login', 'mailbox-busy', true],
  ['-ERR blocked by policy', 'login', 'auth', false],
  ['-ERR [SYS/TEMP] x', 'login', 'server-temporary', true],
  ['-ERR [SYS/PERM] x', 'login', 'server-permanent', false],
  ['-ERR [LOGIN-DELAY] x', 'login', 'login-delay', true],
  ['-ERR [IN-USE] x', 'login', 'mailbox-busy', true],
  ['-ERR [NEW-CODE] x', 'login', 'auth', false],
  ['-ERR Must use encryption: SSL required', 'login', 'auth-in-clear', false],
  ['-ERR Unsupported authentication mechanism.', 'login', 'auth-unsupported', false],
  ['-ERR command unknown', 'login', 'auth-unsupported', false],
  ['-ERR invalid user name or password', 'login', 'auth', false],
  ['-ERR x', 'greeting', 'server-refused', true],
  ['-ERR server busy', 'greeting', 'server-busy', true],
  ['-ERR x', 'command', 'server-refused', true],
  ['-ERR x', 'message', 'message-refused', true],
])('%s at %s', (line, place, code, temporary) => {
  const reply = parseReply(line);
  if (reply === null) throw new Error('not a reply');
  expect(refusal(reply, place, { said: reply.text })).toMatchObject({ code, temporary });
});

it.each([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNRESET', 'connection-lost'],
  ['EPIPE', 'connection-lost'],
  ['EWHATEVER', 'connection-lost'],
])('%s is %s', (code, failure) => {
  expect(networkError(Object.assign(new Error('x'), { code }), {})).toMatchObject({ code: failure, temporary: true });
  expect(networkError(new AggregateError([Object.assign(new Error('x'), { code })]), {}).code).toBe(failure);
});

describe('a transcript', () => {
  it('escapes what would command a terminal, or hide', () => {
    expect(printable('a\u001b[31m\r\n\0\u007f\u0085\u202ex\u2066é漢')).toBe('a\\x1b[31m\\x0d\\x0a\\x00\\x7f\\x85\\u202ex\\u2066é漢');
    expect(printable('x'.repeat(600))).toHaveLength(501);
  });
  it('never shows a secret, nor its base64', () => {
    const lines: string[] = [];
    const transcript = new Transcript((side, text) => lines.push(`${side} ${text}`));
    transcript.hide('pässword');
    transcript.server(`-ERR PASS pässword ${Buffer.from('pässword').toString('base64')}`);
    transcript.station('pässword');
    expect(lines).toEqual(['server -ERR PASS **** ****', 'station ****']);
  });
});
