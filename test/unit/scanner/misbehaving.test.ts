// Answers that a real clamd does not give, or not on demand. None of them is clean.
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FakeClamd, type Misbehaviour, startFakeClamd } from '../../support/fake-clamd.js';
import { type TestScanner, testScanner } from '../../support/scanner.js';

let fake: FakeClamd;
let made: TestScanner;
const mail = Buffer.from('Subject: x\n\nhello\n');
beforeAll(async () => {
  fake = await startFakeClamd();
  made = await testScanner({ clamd: `unix:${fake.socket}`, timeout: 1, parallel: 2 });
});
beforeEach(() => made.scanner.ready());
afterAll(async () => {
  await made.close();
  await fake.stop();
});

const table: readonly (Misbehaviour & { readonly expected: string })[] = [
  { answer: 'stream: OK\0', expected: 'clean' },
  { answer: null, expected: 'unavailable' },
  { answer: '', expected: 'unavailable' },
  { answer: '\0', expected: 'unavailable' },
  { answer: 'stream: OK, I think', expected: 'unavailable' },
  { answer: 'x'.repeat(1_000_000), expected: 'unavailable' },
  { answer: 'COMMAND READ TIMED OUT\n', expected: 'unavailable' },
  { answer: 'stream: A FOUND\0stream: (null) FOUND\0', expected: 'infected' },
  { answer: 'INSTREAM size limit exceeded. ERROR\0', expected: 'unscannable' },
];
for (const { expected, ...misbehaviour } of table) {
  it(`${JSON.stringify(misbehaviour.answer)?.slice(0, 60)} is ${expected}`, async () => {
    fake.behave(misbehaviour);
    const { verdict, scannedWith } = await made.scanner.scan(mail, mail.length);
    expect({ kind: verdict.kind, scannedWith }).toEqual({ kind: expected, scannedWith: 'ClamAV 9.9.9' });
  });
}

it('OK before the whole message was there is not clean', async () => {
  fake.behave({ answer: 'stream: OK\0', early: true });
  const slow = Readable.from(
    (async function* () {
      yield mail;
      await new Promise((resolve) => setTimeout(resolve, 200));
      yield mail;
    })(),
  );
  expect((await made.scanner.scan(slow, 2 * mail.length)).verdict.kind).toBe('unavailable');
  expect(slow.destroyed).toBe(true);
});

it('no more than `parallel` are asked at once, all get their turn, and silence ends by itself', async () => {
  fake.behave({ answer: null });
  const scans = Array.from({ length: 5 }, () => made.scanner.scan(mail, mail.length));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(made.scanner.state()).toMatchObject({ scanning: 2, queued: 3 });
  fake.behave({ answer: 'stream: OK\0' });
  const kinds = (await Promise.all(scans)).map(({ verdict }) => verdict.kind);
  expect(kinds).toEqual(['unavailable', 'unavailable', 'clean', 'clean', 'clean']);
});

it('a scan that is called off is not clean, whether it runs or waits', async () => {
  fake.behave({ answer: null });
  const off = new AbortController();
  const scans = Array.from({ length: 4 }, () => made.scanner.scan(mail, mail.length, off.signal));
  await new Promise((resolve) => setTimeout(resolve, 50));
  off.abort();
  for (const { verdict } of await Promise.all(scans)) expect(verdict.kind).toBe('unavailable');
  expect(made.scanner.state()).toMatchObject({ scanning: 0, queued: 0 });
});

it('a body that breaks is told apart from a clamd that breaks', async () => {
  fake.behave({ answer: 'stream: OK\0' });
  const broken = Readable.from(
    // biome-ignore lint/correctness/useYield: it fails before its first octet
    (async function* (): AsyncGenerator<Buffer> {
      throw new Error('disk gone');
    })(),
  );
  expect((await made.scanner.scan(broken, 100)).verdict).toEqual({
    kind: 'unavailable',
    reason: 'the message could not be read: disk gone',
  });
});

it('a body larger than was said is unscannable, and no more of it is read than that', async () => {
  const strict = await testScanner({ clamd: `unix:${fake.socket}`, streamLimit: 100_000 });
  let read = 0;
  const body = (async function* () {
    for (; read < 10_000_000; read += 10_000) yield Buffer.alloc(10_000, 'x');
  })();
  expect((await strict.scanner.scan(body, 5000)).verdict).toMatchObject({ kind: 'unscannable' });
  expect(read).toBeLessThanOrEqual(110_000);
  await strict.close();
});

it('off is not scanned, and says so', async () => {
  const off = await testScanner({ mode: 'off', clamd: `unix:${fake.socket}` });
  await off.scanner.ready();
  expect(off.scanner.state().state).toBe('off');
  expect((await off.scanner.scan(mail, mail.length)).verdict).toEqual({ kind: 'not-scanned', reason: 'scanning is off' });
  await off.close();
});
