// Byte exactness: the 6,046 mails of the corpus served by a real Dovecot are delivered as they are. Below our header lines every
// file equals the original after line-end conversion (CRLF and LF are one; POP3 ends every message with a line end).
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { corpus, readMail } from '../../support/corpus.js';
import { filesOf, makeScenario, withoutHead } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

const mails = corpus();
let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: [{ name: 'corpus', password: 'secret' }] });
});
afterAll(() => dovecot?.stop());

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What POP3 gives, with LF: CRLF becomes LF, and the last line is ended. */
function asServed(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n');
  return Buffer.from(text.endsWith('\n') ? text : `${text}\n`, 'latin1');
}

test('6,046 mails arrive to the octet', { timeout: 600_000 }, async () => {
  expect(mails).toHaveLength(6046);
  const wanted = new Map<string, number>();
  for (const mail of mails) {
    const bytes = readMail(mail);
    await dovecot.deposit('corpus', bytes);
    const key = hash(asServed(bytes));
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const { home, maildir } = makeScenario({ port: dovecot.pop3Port, user: 'corpus' }, 'secret', null);
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const [report] = await running.station['fetch.now']({ id: null, check: false });
  await running.close();
  expect(report).toMatchObject({ failure: null, delivered: 6046, deferred: 0 });
  const strange: string[] = [];
  for (const path of filesOf(maildir)) {
    const key = hash(withoutHead(readFileSync(path)));
    const left = wanted.get(key) ?? 0;
    if (left === 0) strange.push(path);
    else wanted.set(key, left - 1);
  }
  console.log(`byte exactness: ${mails.length} mails, ${strange.length} differ, ${((report?.milliseconds ?? 0) / 1000).toFixed(1)} s`);
  expect(strange).toEqual([]);
  expect([...wanted.values()].reduce((sum, count) => sum + count, 0)).toBe(0);
  rmSync(home, { recursive: true, force: true });
});
