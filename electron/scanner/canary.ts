// The canary: a mail that every clamd must find something in. It takes the path of real mail (clamscan, prefix,
// base64 part), begins with a header that clamd does not take for mail by itself, and so also proves that mail is
// taken apart at all. A clamd that does not find it is blind.
import type NodeClam from 'clamscan';
import type { Verdict } from '../../shared/verdict.js';
import type { Endpoint } from './endpoint.js';
import { mailPrefix, scanThrough } from './stream.js';

// In two halves, so that no scanner takes this file for the test virus (https://www.eicar.org/).
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export const canaryMessage = Buffer.from(
  [
    'ARC-Seal: i=1; a=rsa-sha256; cv=none; d=canary.invalid',
    'From: canary@station.invalid',
    'To: canary@station.invalid',
    'Subject: canary',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="canary"',
    '',
    '--canary',
    'Content-Type: text/plain',
    '',
    'This is how the station asks whether its scanner sees.',
    '--canary',
    'Content-Type: application/octet-stream; name="canary.com"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(eicar, 'latin1').toString('base64'),
    '--canary--',
    '',
  ].join('\n'),
  'latin1',
);

/** `infected` is the good answer. Throws MailError `scanner-unavailable` when there is no connection. */
export async function sendCanary(client: NodeClam, endpoint: Endpoint, milliseconds: number): Promise<Verdict> {
  return await scanThrough(client, endpoint, canaryMessage, { deadline: milliseconds, limit: canaryMessage.length, prefix: mailPrefix });
}
