// A message of 50 MB makes the station grow by less than 30 MB, scanner off and with a real clamd: peak resident memory, by the kernel.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClamd, type TestClamd } from '../../support/clamd.js';
import { audit, makeScenario } from '../../support/crash.js';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

const mebibyte = 1_048_576;
let dovecot: Dovecot;
let clamd: TestClamd;
beforeAll(async () => {
  dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: ['off', 'on'].map((name) => ({ name, password: 'secret' })) });
  clamd = await startClamd({ extra: 'StreamMaxLength 200M\nMaxFileSize 200M\nMaxScanSize 200M' });
});
afterAll(async () => {
  await dovecot?.stop();
  await clamd?.stop();
});

const letter = (word: string, length: number) =>
  Buffer.from(
    `From: <a@b.example>\nSubject: ${word}\nMessage-ID: <${word}@b.example>\n\n${`${'z'.repeat(76)}\n`.repeat(Math.ceil(length / 77))}`,
  );

/** Peak minus what it was after a small message: both from /proc/self/status, in octets. */
function growth(home: string): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'support', 'memory-child.js'), home], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.endsWith('ready\n')) void deposit().then(() => child.stdin.end('go\n'));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(Number(text.trim().split('\n').at(-1))) : reject(new Error(text))));
  });
}
let deposit: () => Promise<unknown> = async () => undefined;

test.each(['off', 'on'])('scanner %s', { timeout: 300_000 }, async (user) => {
  const small = letter('small', 1000);
  const large = letter('large', 50_000_000);
  await dovecot.deposit(user, small);
  deposit = () => dovecot.deposit(user, large);
  const place = makeScenario(
    { port: dovecot.pop3Port, user, fetch: { retention: { kind: 'delete' } } },
    'secret',
    user === 'on' ? `unix:${clamd.socket}` : null,
  );
  const grown = await growth(place.home);
  console.log(`50 MB, scanner ${user}: grew by ${(grown / mebibyte).toFixed(1)} MiB`);
  expect(audit([small, large], [place.maildir], 0)).toEqual({ lost: 0, duplicated: 0, changed: 0, left: 0 });
  expect(grown).toBeLessThan(30 * mebibyte);
  rmSync(place.home, { recursive: true, force: true });
});
