// Which way to log in, and SCRAM by the examples of the RFC.
import { describe, expect, it } from 'vitest';
import { noCapabilities, parseCapabilities } from '../../../electron/pop3/capabilities.js';
import { type Method, offered, timestamp } from '../../../electron/pop3/login.js';
import { Scram } from '../../../electron/pop3/scram.js';

describe('auto', () => {
  const cases: [string, capabilities: string | null, greeting: string, encrypted: boolean, ways: Method[]][] = [
    ['no CAPA', null, 'hello', true, ['password']],
    ['no CAPA, APOP', null, 'hello <1.2@host>', false, ['apop', 'password']],
    ['no CAPA, APOP, inside TLS', null, 'hello <1.2@host>', true, ['password', 'apop']],
    ['USER', 'USER', 'hello', false, ['password']],
    [
      'everything, inside TLS',
      'USER\nSASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256',
      '',
      true,
      ['scram-sha-256', 'plain', 'password', 'login', 'cram-md5'],
    ],
    [
      'everything, in clear',
      'USER\nSASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256',
      '',
      false,
      ['scram-sha-256', 'cram-md5', 'plain', 'password', 'login'],
    ],
    ['SASL only', 'SASL PLAIN', '', true, ['plain']],
    ['neither USER nor SASL said', 'UIDL', '', true, ['password']],
    ['nothing of ours', 'SASL GSSAPI XOAUTH2', '', true, []],
  ];
  it.each(cases)('%s', (_, text, greeting, encrypted, ways) => {
    const capabilities = text === null ? noCapabilities : parseCapabilities(text);
    expect(offered({ capabilities, greeting, encrypted })).toEqual(ways);
  });
});

it.each([
  ['POP3 server ready <1896.697170952@dbc.mtview.ca.us>', '<1896.697170952@dbc.mtview.ca.us>'],
  ['ready', null],
  ['ready <no-at-sign>', null],
  ['ready <\u0001@host>', null],
  ['ready <a@b@c>', null],
])('the timestamp of %j', (greeting, stamp) => expect(timestamp(greeting)).toBe(stamp));

describe('SCRAM-SHA-256 (RFC 7677 section 3)', () => {
  const nonce = 'rOprNGfwEbeRWgbNEkqO';
  const serverFirst = `r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;

  it('the example', async () => {
    const scram = new Scram('user', 'pencil', nonce);
    expect(scram.first()).toBe(`n,,n=user,r=${nonce}`);
    const proof = 'p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
    expect(await scram.final(serverFirst)).toBe(`c=biws,r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,${proof}`);
    expect(scram.proves('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true);
    expect(scram.proves('v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(false);
    expect(scram.proves('')).toBe(false);
  });
  it.each([
    ['a nonce that is not ours', 'r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'protocol'],
    ['our nonce and nothing of its own', `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`, 'protocol'],
    ['no salt', `r=${nonce}x,s=,i=4096`, 'protocol'],
    ['nothing', '', 'protocol'],
    ['rounds to keep us busy', `r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999`, 'limit'],
  ])('%s', async (_, text, code) => {
    await expect(new Scram('user', 'pencil', nonce).final(text)).rejects.toMatchObject({ code });
  });
});
