// What is held survives kill -9 at every file operation of a release, a rescan, a *deliver anyway* and a *move to quarantine*: afterwards the message is in
// one place or, until the job is done again, in both; never in none. Done again, it is where it belongs, once, to the octet.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryKey } from '../../../electron/maildir/names.js';
import { openLedger } from '../../../electron/station/ledger.js';
import { writeReason } from '../../../electron/station/quarantine-deliver.js';
import { startClamd, type TestClamd } from '../../support/clamd.js';
import { filesOf, inParallel, makeScenario } from '../../support/crash.js';
import { eicar } from '../../support/scanner.js';

const original = Buffer.from(`From: <a@b.example>\nSubject: held\nMessage-ID: <held@b.example>\n\n${eicar}\n.body \xff\x00\n`, 'latin1');
const head = Buffer.from('X-Original-To: joe@a.example\nDelivered-To: joe@a.example\nX-Virus-Status: Infected (Test)\n');
const key = deliveryKey('joe', 'held', original.length);
const jobs = ['release', 'rescan', 'deliver', 'hold'] as const;
type Job = (typeof jobs)[number];

let clamd: TestClamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd?.stop());

interface Place {
  readonly home: string;
  readonly boxes: readonly string[];
  readonly quarantine: string;
  readonly id: string;
}

/** One held message for two mailboxes, or one parked message. */
async function prepare(job: Job): Promise<Place> {
  const { home, maildir } = makeScenario({ port: 1, user: 'joe' }, 'secret', `unix:${clamd.socket}`);
  const quarantine = join(home, 'quarantine');
  const boxes = job === 'deliver' || job === 'hold' ? [maildir] : [maildir, join(home, 'mail', 'a.example', 'ann')];
  if (job === 'deliver') {
    mkdirSync(join(home, 'problems'), { recursive: true });
    const bytes = join(home, 'problems', `${key}.eml`);
    writeFileSync(bytes, original);
    const ledger = openLedger(join(home, 'ledger.db'));
    const failure = { code: 'scan-failed', message: 'not scanned', temporary: true } as const;
    ledger.fail({
      account: 'joe',
      key,
      uidl: 'held',
      octets: original.length,
      attempts: 3,
      failure,
      bytes,
      parked: true,
      since: 1,
      settle: null,
    });
    ledger.close();
    return { home, boxes, quarantine, id: `joe/${key}` };
  }
  const place = job === 'hold' ? maildir : quarantine;
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(place, part), { recursive: true });
  writeFileSync(join(place, 'new', `1.M1P1Q1K${key}.host,S=${head.length + original.length}`), Buffer.concat([head, original]));
  if (job === 'hold') return { home, boxes, quarantine, id: key };
  await writeReason(quarantine, {
    key,
    verdict: { kind: 'infected', signatures: ['Test'] },
    account: 'joe',
    mailboxes: boxes.map((box) => ({ maildir: box, address: 'joe@a.example', originalTo: 'joe@a.example' })),
    quarantined: '2026-11-24T00:00:00.000Z',
    scannedWith: 'ClamAV',
    headOctets: head.length,
    sha256: '',
  });
  return { home, boxes, quarantine, id: key };
}

function run(
  job: Job,
  { home, id }: Place,
  kill: { readonly call: number; readonly after: boolean } | null,
): Promise<{ readonly killed: boolean; readonly text: string }> {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '..', '..', 'support', 'held-child.js'),
    JSON.stringify({ home, job, id, kill }),
  ]);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return new Promise((resolve) => child.on('close', (_, signal) => resolve({ killed: signal === 'SIGKILL', text })));
}

/** How often the message stands in each mailbox, and how often it is held. */
function count({ boxes, quarantine, home }: Place): { readonly boxes: readonly number[]; readonly held: number } {
  const ends = (path: string) => readFileSync(path).subarray(-original.length).equals(original);
  const parked = filesOfProblem(home);
  return { boxes: boxes.map((box) => filesOf(box).filter(ends).length), held: filesOf(quarantine).filter(ends).length + parked };
}
function filesOfProblem(home: string): number {
  try {
    return readFileSync(join(home, 'problems', `${key}.eml`)).equals(original) ? 1 : 0;
  } catch {
    return 0;
  }
}

test.each(jobs)('%s is killed before and after each of its file operations', { timeout: 600_000 }, async (job) => {
  const whole = await prepare(job);
  const calls = Number((await run(job, whole, null)).text.trim());
  rmSync(whole.home, { recursive: true, force: true });
  expect(calls).toBeGreaterThan(4);
  const kills = Array.from({ length: calls }, (_, index) => [false, true].map((after) => ({ call: index + 1, after }))).flat();
  const wrong = await inParallel(kills, 3, async (kill) => {
    const place = await prepare(job);
    const { killed, text } = await run(job, place, kill);
    const then = count(place);
    // Done again; what was finished already answers that it is not held any more, and the next start sweeps what is left of it.
    const again = await run(job, place, null);
    const end = count(place);
    rmSync(place.home, { recursive: true, force: true });
    const lost = then.held === 0 && then.boxes.some((times) => times === 0);
    const wanted =
      job === 'rescan' || job === 'hold' ? { boxes: place.boxes.map(() => 0), held: 1 } : { boxes: place.boxes.map(() => 1), held: 0 };
    const ok = killed && !lost && JSON.stringify(end) === JSON.stringify(wanted);
    return ok ? null : { kill, killed, then, end, text, again: again.text.slice(0, 300) };
  });
  console.log(`${job}: ${kills.length} kills at ${calls} file operations, ${wrong.filter((one) => one !== null).length} wrong`);
  expect(wrong.filter((one) => one !== null)).toEqual([]);
});
