// What the crash tests share: a home for one scenario, a run that may be killed, and the audit afterwards.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountInput } from '../../shared/account.js';
import type { FetchReport, FetchStepName } from '../../shared/fetch.js';
import { settings } from '../../shared/settings.js';

export interface Kill {
  readonly step: FetchStepName;
  /** 1-based among the new messages; null: a step of the run itself. */
  readonly message: number | null;
}
/** At the n-th event of a name. */
export interface EventKill {
  readonly event: string;
  readonly nth: number;
}

export interface ScenarioHome {
  readonly home: string;
  readonly maildir: string;
}

/** A data folder with one account `joe@a.example`, its password in secrets.json. */
export function makeScenario(
  account: Partial<AccountInput> & Pick<AccountInput, 'port' | 'user'>,
  password: string,
  clamd: string | null,
  under = tmpdir(),
): ScenarioHome {
  const home = mkdtempSync(join(under, 'todoku-crash-'));
  const one: AccountInput = {
    id: 'joe',
    name: 'Joe',
    host: '127.0.0.1',
    security: 'none',
    secret: { kind: 'file' },
    drop: { kind: 'singledrop', to: ['joe@a.example'] },
    ...account,
  };
  const scanner = clamd === null ? { mode: 'off' as const, clamd: 'off' } : { mode: 'required' as const, clamd };
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings.parse({ accounts: [one], scanner })), { mode: 0o600 });
  writeFileSync(join(home, 'secrets.json'), JSON.stringify({ 'joe/receive': { sealed: false, value: password } }), { mode: 0o600 });
  return { home, maildir: join(home, 'mail', 'a.example', 'joe') };
}

export interface Ended {
  readonly killed: boolean;
  readonly reports: readonly FetchReport[];
  readonly errors: string;
}

/** Runs the station once in a child; `kill` null lets it live. */
export function runStation(home: string, kill: Kill | EventKill | null): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.js'), JSON.stringify({ home, kill })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(`the station ended with ${code ?? signal}:\n${errors}\n${output}`));
      else resolve({ killed: signal === 'SIGKILL', reports: signal === 'SIGKILL' ? [] : (JSON.parse(output) as FetchReport[]), errors });
    });
  });
}

export interface Audit {
  readonly lost: number;
  readonly duplicated: number;
  /** Delivered with other bytes than were on the server. */
  readonly changed: number;
  readonly left: number;
}

/** Compares what was put on the server with what stands in the Maildir, by the hash of the bytes below our header lines. */
export function audit(sent: readonly Buffer[], maildirs: readonly string[], leftOnServer: number): Audit {
  const wanted = new Map(sent.map((bytes) => [hash(bytes), 0]));
  let changed = 0;
  for (const path of maildirs.flatMap(filesOf)) {
    const key = hash(withoutHead(readFileSync(path)));
    const count = wanted.get(key);
    if (count === undefined) changed += 1;
    else wanted.set(key, count + 1);
  }
  const counts = [...wanted.values()];
  return {
    lost: counts.filter((count) => count === 0).length,
    duplicated: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    changed,
    left: leftOnServer,
  };
}

/** The message as the server sent it, with LF: our block ends with our Received line, or X-Virus-Status where there is none. */
export function withoutHead(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  const head =
    /^(?:Return-Path:[^\n]*\n)?X-Original-To:[^\n]*\nDelivered-To:[^\n]*\n(?:X-Virus-Scanned:[^\n]*\n)?X-Virus-Status:[^\n]*\n(?:Received:[^\n]*\n\t[^\n]*\(Todoku-[^\n]*\n\t[^\n]*\n)?/.exec(
      text,
    );
  return raw.subarray(head?.[0].length ?? 0);
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export function filesOf(maildir: string): string[] {
  return ['new', 'cur'].flatMap((part) => {
    try {
      return readdirSync(join(maildir, part)).map((name) => join(maildir, part, name));
    } catch {
      return [];
    }
  });
}

/** Messages of a scenario: small, with dots and 8-bit, one larger. All with LF. */
export function scenarioMessages(count: number, word: string): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.concat([
      Buffer.from(
        `Received: from a.example by b.example; Tue, 24 Nov 2026 01:00:0${index % 10} +0000\nFrom: <sender@b.example>\nTo: <joe@a.example>\nSubject: ${word} ${index}\nMessage-ID: <${word}-${index}@b.example>\n\n.dot\n..dots\n`,
      ),
      Buffer.from([0xe5, 0x8d, 0x88, 0xff, 0x00, 0x80, 10]),
      Buffer.from(`${'line of text\n'.repeat(20 + index * 37)}`),
    ]),
  );
}

/** Runs jobs, at most `most` at once, results in order. */
export async function inParallel<Job, Result>(jobs: readonly Job[], most: number, work: (job: Job) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job !== undefined) results[index] = await work(job);
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  return results;
}
