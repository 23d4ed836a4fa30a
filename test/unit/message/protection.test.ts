import { expect, test } from 'vitest';
import { readHeaders } from '../../../electron/message/headers.js';
import { protectionOf } from '../../../electron/message/protection.js';

test.each([
  ['multipart/encrypted; protocol="application/pgp-encrypted"', '', [], 'pgp-encrypted'],
  ['multipart/signed; protocol="application/pgp-signature"', '', [], 'pgp-signed'],
  ['multipart/signed; protocol="application/pkcs7-signature"', '', [], 'smime-signed'],
  ['application/pkcs7-mime; smime-type=enveloped-data', '', [], 'smime-encrypted'],
  ['application/x-pkcs7-mime; smime-type=signed-data', '', [], 'smime-signed'],
  ['text/plain', 'a\n-----BEGIN PGP MESSAGE-----\nx', [], 'pgp-encrypted'],
  ['text/plain', '-----BEGIN PGP SIGNED MESSAGE-----\n', [], 'pgp-signed'],
  ['multipart/mixed; boundary=a', '', ['text/plain', 'application/pgp-signature'], 'pgp-signed'],
  ['multipart/mixed; boundary=a', '', ['application/x-pkcs7-signature'], 'smime-signed'],
  ['text/plain', 'say -----BEGIN PGP MESSAGE----- in a sentence', ['application/pdf'], null],
])('%s %s %j', (type, text, types, expected) => {
  expect(protectionOf(readHeaders(Buffer.from(`Content-Type: ${type}\n\n`)), text, types)).toBe(expected);
});
