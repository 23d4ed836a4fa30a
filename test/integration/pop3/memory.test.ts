// A message of 50 MB, in a process of its own over real Dovecot: how far the process grows, and that it is whole.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';
import { makeProgram, type Program } from './program.js';

const megabyte = 1e6;
const password = 'pw';
const user = 'user@example.com';
let dovecot: Dovecot;
let program: Program;

/** Retrieves everything once, small before large; prints growth in octets from then on, and a digest a message. */
const script = `
import { createHash } from 'node:crypto';
import { openPop3 } from './session.js';
const [given, slow] = JSON.parse(process.argv[2]);
const session = await openPop3({ host: '127.0.0.1', auth: 'auto', timeoutSeconds: 60, pin: null, pinnedPem: null, ...given });
const digests = [];
let before = 0, most = 0;
for await (const { body } of session.retrieve([...(await session.list())].sort((a, b) => a.octets - b.octets))) {
  const hash = createHash('sha256');
  before ||= process.memoryUsage.rss();
  for await (const part of body) {
    hash.update(part);
    most = Math.max(most, process.memoryUsage.rss());
    if (slow) await new Promise((done) => setImmediate(done));
  }
  digests.push(hash.digest('hex'));
}
await session.quit();
console.log(JSON.stringify({ grown: most - before, digests }));
`;

beforeAll(async () => {
  program = await makeProgram(script);
  dovecot = await startDovecot({ protocols: ['pop3'], users: [{ name: user, password }] });
});
afterAll(async () => {
  await dovecot.stop();
  await program.remove();
});

it('grows the process by less than 30 MB, fast or slow, in clear or by TLS', async () => {
  const large = Buffer.from(`Subject: large\n\n${`${'x'.repeat(75)}\n`.repeat(660_000)}`);
  expect(large.length).toBeGreaterThan(50 * megabyte);
  const texts = [Buffer.from('Subject: small\n\n1\n'), large];
  for (const text of texts) await dovecot.deposit(user, text);
  const digests = texts.map((text) => createHash('sha256').update(text).digest('hex'));
  const clear = { port: dovecot.pop3Port, security: 'none', user, secret: password };
  const tls = { port: dovecot.pop3sPort, security: 'tls', user, secret: password, extraCa: [dovecot.certPem] };
  for (const given of [clear, tls]) {
    for (const slow of [false, true]) {
      const result = await program.run<{ grown: number; digests: string[] }>([given, slow]);
      expect(result.digests).toEqual(digests);
      expect(result.grown / megabyte, `${given.security} ${slow ? 'slow' : 'fast'}`).toBeLessThan(30);
    }
  }
});
