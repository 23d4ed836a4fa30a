// A message of 50 MB, in a process of its own over real Dovecot: how far the process grows, and that it is whole.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dovecot, startDovecot } from '../../support/dovecot.js';

const run = promisify(execFile);
const megabyte = 1e6;
const password = 'pw';
const user = 'user@example.com';
let dovecot: Dovecot;
let folder: string;

/** Retrieves everything once, small before large; prints growth in octets from then on, and a digest a message. */
const client = `
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
  folder = await mkdtemp(join(tmpdir(), 'todoku-memory-'));
  const root = resolve(import.meta.dirname, '../../..');
  const entry = join(root, 'electron/pop3/session.ts');
  await build({ configFile: false, logLevel: 'error', root, build: { ssr: entry, outDir: folder, emptyOutDir: false } });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'client.js'), client);
  dovecot = await startDovecot({ protocols: ['pop3'], users: [{ name: user, password }] });
});
afterAll(async () => {
  await dovecot.stop();
  await rm(folder, { recursive: true, force: true });
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
      const { stdout } = await run(process.execPath, ['client.js', JSON.stringify([given, slow])], { cwd: folder });
      const result: { grown: number; digests: string[] } = JSON.parse(stdout);
      expect(result.digests).toEqual(digests);
      expect(result.grown / megabyte, `${given.security} ${slow ? 'slow' : 'fast'}`).toBeLessThan(30);
    }
  }
});
