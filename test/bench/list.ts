// 100,000 messages: how long the catalog takes to build in the background, how long it holds the main thread, and how
// fast the first and later screens come, in the station and in the window. `node test/bench/run.js list [COUNT]`. Prints numbers; asserts nothing.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { homePaths } from '../../electron/station/home.js';
import { openTestMail, type TestMail } from '../support/mail.js';
import { fileName, type GeneratedMessage, generateMessages } from '../support/mailgen.js';
import { builtWorker } from '../support/worker.js';
import { windowNumbers } from './window.js';

const ms = (time: number) => `${time.toFixed(1)} ms`;
export const mebibytes = (octets: number) => `${Math.round(octets / 1048576)} MiB`;

/** 2,000 different messages, each many times under names and identifiers of its own. */
export function fillLarge(maildir: string, count: number): void {
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true });
  const messages = generateMessages(Math.min(count, 2000), 7);
  for (let number = 0; number < count; number += 1) {
    const message = messages[number % messages.length] as GeneratedMessage;
    const date = message.date + Math.floor(number / messages.length) * 86_400_000;
    const text = message.raw.toString('latin1').replace(/@mail\.example>/g, `.${Math.floor(number / messages.length)}@mail.example>`);
    const path = join(maildir, 'cur', fileName({ ...message, date }, number));
    writeFileSync(path, Buffer.from(text, 'latin1'));
    utimesSync(path, date / 1000, date / 1000);
  }
}

/** The longest time the main thread was held, sampled by a timer every millisecond. */
export function watchHolds(): { longest(): number; reset(): void } {
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1).unref();
  return {
    longest: () => longest,
    reset: () => {
      longest = 0;
      last = performance.now();
    },
  };
}

async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`${label}: ${ms(performance.now() - start)}`);
  return result;
}

async function screens(mail: TestMail): Promise<void> {
  const boxes = await timed('mailbox.list', () => mail.call('mailbox.list', {}));
  const folder = boxes[0]?.folders[0]?.id ?? '';
  const total = boxes[0]?.folders[0]?.total ?? 0;
  await timed('first screen, flat', () => mail.call('message.list', { folder }));
  await timed('first screen, flat, again', () => mail.call('message.list', { folder }));
  await timed('page in the middle', () => mail.call('message.list', { folder, offset: Math.floor(total / 2) }));
  await timed('last page', () => mail.call('message.list', { folder, offset: total - 100 }));
  await timed('first screen, threads', () => mail.call('message.list', { folder, threads: 'references' }));
  await timed('first screen, threads by subject', () => mail.call('message.list', { folder, threads: 'subject' }));
  await timed('first screen, unread', () => mail.call('message.list', { folder, filter: 'unread' }));
  await timed('first screen, by sender', () => mail.call('message.list', { folder, sort: 'from' }));
  await timed('smart box, all unread', () => mail.call('message.list', { smart: 'unread' }));
  const page = await mail.call('message.list', { folder });
  await timed('flag one message', () => mail.call('message.flag', { ids: [page.rows[0]?.id ?? ''], flag: 'flagged', on: true }));
  await timed('first screen after the flag', () => mail.call('message.list', { folder }));
  await timed('open one message', () => mail.call('message.open', { id: page.rows[0]?.id ?? '' }));
  await timed('open another', () => mail.call('message.open', { id: page.rows[1]?.id ?? '' }));
}

/** A data folder with a built catalog; the caller removes it. */
export async function largeStation(count: number): Promise<TestMail> {
  const root = mkdtempSync(join(tmpdir(), 'todoku-bench-'));
  fillLarge(join(homePaths(root).mail, 'example.com', 'bench'), count);
  const worker = await builtWorker();
  const holds = watchHolds();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const mail = await openTestMail({ root, worker });
  await mail.mail.settled();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `catalog of ${count} built in ${seconds.toFixed(1)} s (CPU ${((user + system) / 1e6).toFixed(1)} s); main thread held at most ${ms(holds.longest())}; rss ${mebibytes(process.memoryUsage().rss)}`,
  );
  return mail;
}

export async function run([count = '100000']: readonly string[]): Promise<void> {
  const mail = await largeStation(Number(count));
  await screens(mail);
  const warm = await timed('open the station on a warm catalog', async () => mail.reopen());
  const holds = watchHolds();
  await timed('all folders looked at', () => warm.mail.settled());
  console.log(`main thread held at most ${ms(holds.longest())}`);
  await screens(warm);
  console.log(`rss ${mebibytes(process.memoryUsage().rss)}, heap ${mebibytes(process.memoryUsage().heapUsed)}`);
  await warm.mail.close();
  await windowNumbers(warm.root);
  rmSync(warm.root, { recursive: true, force: true });
}
