// DKIM on request: a message signed by mailauth, keys from a resolver of our own, and each way it can fail.
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { expect, test } from 'vitest';
import { type TxtLookup, verifyDkim } from '../../../electron/message/dkim.js';

const keys = (bits: number) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const pair = keys(2048);
const record = (key: Buffer): string => `v=DKIM1; k=rsa; p=${key.toString('base64')}`;
const message = 'From: Kei <kei@far.test>\r\nTo: a@home.test\r\nSubject: order\r\nDate: Tue, 24 Nov 2026 01:00:00 +0000\r\n\r\nHello.\r\n';

async function signed(privateKey = pair.privateKey, expires?: Date): Promise<string> {
  const key = { signingDomain: 'far.test', selector: 's1', privateKey };
  const { signatures } = await dkimSign(message, {
    canonicalization: 'relaxed/relaxed',
    // Its types want the key here too; its code reads signatureData alone.
    ...key,
    // Without a time of its own the signer asks the clock twice, and signs another second than it writes.
    signTime: new Date((expires ?? new Date()).getTime() - 60_000),
    ...(expires === undefined ? {} : { expires }),
    signatureData: [key],
  });
  return `${signatures.trimEnd()}\r\n${message}`;
}
const zone =
  (records: Readonly<Record<string, string>>, asked: string[] = []): TxtLookup =>
  async (name) => {
    asked.push(name);
    const text = records[name];
    if (text === undefined) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    return [[text.slice(0, 200), text.slice(200)]];
  };
const known = zone({ 's1._domainkey.far.test': record(pair.publicKey) });
const outcome = async (text: string, lookup = known): Promise<unknown[]> =>
  (await verifyDkim(Buffer.from(text), lookup)).signatures.map(({ domain, pass, reason, aligned }) => [domain, pass, reason, aligned]);

test('a good signature, with CRLF and as a Maildir keeps it', async () => {
  const text = await signed();
  expect(await outcome(text)).toEqual([['far.test', true, 'verified', true]]);
  expect(await outcome(text.replaceAll('\r\n', '\n'))).toEqual([['far.test', true, 'verified', true]]);
});

test('changed text, changed subject, no key, another key, a short key, no DNS', async () => {
  const text = await signed();
  expect(await outcome(text.replace('Hello.', 'Hullo.'))).toEqual([['far.test', false, 'body-changed', true]]);
  expect(await outcome(text.replace('Subject: order', 'Subject: other'))).toEqual([['far.test', false, 'bad-signature', true]]);
  expect(await outcome(text, zone({}))).toEqual([['far.test', false, 'no-key', true]]);
  const other = zone({ 's1._domainkey.far.test': record(keys(2048).publicKey) });
  expect(await outcome(text, other)).toEqual([['far.test', false, 'bad-signature', true]]);
  const broken: TxtLookup = async () => {
    throw Object.assign(new Error('no'), { code: 'ETIMEOUT' });
  };
  expect(await outcome(text, broken)).toEqual([['far.test', false, 'dns', true]]);
  const weak = zone({ 's1._domainkey.far.test': record(keys(512).publicKey) });
  expect(await outcome(text, weak)).toEqual([['far.test', false, 'weak-key', true]]);
});

test('a signature that has run out, and one that has not', async () => {
  expect(await outcome(await signed(pair.privateKey, new Date(Date.now() - 3_600_000)))).toEqual([['far.test', false, 'expired', true]]);
  expect(await outcome(await signed(pair.privateKey, new Date(Date.now() + 3_600_000)))).toEqual([['far.test', true, 'verified', true]]);
});

test('no signature, nothing asked; one that cannot be read is said to be that', async () => {
  const asked: string[] = [];
  expect(await outcome(message, zone({}, asked))).toEqual([]);
  expect(await outcome(`DKIM-Signature: v=1; a=md5-what; d=far.test; s=s1; bh=x; b=y\r\n${message}`, zone({}, asked))).toEqual([
    [null, false, 'unsupported', false],
  ]);
  expect(asked).toEqual([]);
});
