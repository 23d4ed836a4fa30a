// A draft survives kill -9 at every file operation of saving and of sending: afterwards it is there with its old or its new text,
// once, or it is in the outbox, once; never in none, never in both.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStation } from '../../../electron/station/open.js';
import { account } from '../../../shared/account.js';
import type { ComposeContent } from '../../../shared/compose.js';
import { contract } from '../../../shared/contract.js';
import { inParallel } from '../../support/crash.js';

const open = (home: string) => openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });

interface Prepared {
  readonly home: string;
  readonly draft: string;
  readonly content: ComposeContent;
}

/** A draft that was saved once, with a file. */
async function prepare(): Promise<Prepared> {
  const home = mkdtempSync(join(tmpdir(), 'todoku-draft-'));
  const running = await open(home);
  const { station } = running;
  const server = { host: '127.0.0.1', port: 1, security: 'none' as const };
  await station['account.save'](
    contract['account.save'].input.parse({
      account: account.parse({
        ...{ id: 'joe', name: 'Joe', ...server, user: 'joe', secret: { kind: 'file' }, enabled: false },
        ...{ drop: { kind: 'singledrop', to: ['joe@a.example'] }, sending: { ...server, anonymous: true } },
      }),
      secret: 'x',
    }),
  );
  const { id, content } = await station['compose.start']({ kind: 'new', message: null, mailto: null, language: 'en' });
  const data = Buffer.from('%PDF').toString('base64');
  const file = await station['compose.attach']({
    draft: id,
    file: null,
    name: 'a.pdf',
    type: 'application/pdf',
    offset: 0,
    data,
    last: true,
  });
  const written = { ...content, to: 'eve@c.example', subject: 'plan', text: 'first', files: [file.id] };
  await station['compose.save']({ draft: id, content: written });
  await running.close();
  return { home, draft: id, content: written };
}

function run(job: 'save' | 'send', { home, draft, content }: Prepared, kill: { readonly call: number; readonly after: boolean } | null) {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '..', '..', 'support', 'held-child.js'),
    JSON.stringify({ home, job, id: JSON.stringify({ draft, content: { ...content, text: 'second', files: [] } }), kill }),
  ]);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return new Promise<{ readonly killed: boolean; readonly text: string }>((resolve) =>
    child.on('close', (_, signal) => resolve({ killed: signal === 'SIGKILL', text })),
  );
}

/** What the next station finds: the draft's text, and how many messages wait in the outbox. */
async function afterwards({ home, draft }: Prepared) {
  const running = await open(home);
  try {
    const text = await running.station['compose.open']({ draft }).then(
      ({ content }) => content.text,
      () => null,
    );
    const waiting = (await running.station['outbox.list']({})).length;
    return { text, waiting, files: readdirSync(join(home, 'mail', 'a.example', 'joe', '.Drafts', 'cur')).length };
  } finally {
    await running.close();
  }
}

const allowed = {
  save: [
    { text: 'first', waiting: 0, files: 1 },
    { text: 'second', waiting: 0, files: 1 },
  ],
  send: [
    { text: 'first', waiting: 0, files: 1 },
    { text: null, waiting: 1, files: 0 },
  ],
} as const;

test.each(['save', 'send'] as const)('%s', { timeout: 240_000 }, async (job) => {
  const whole = await prepare();
  const { text } = await run(job, whole, null);
  const calls = Number(text.trim());
  expect(calls, text).toBeGreaterThan(4);
  expect(await afterwards(whole)).toEqual(allowed[job][1]);
  rmSync(whole.home, { recursive: true, force: true });
  // Between two file operations of saving nothing else is written; of sending, the outbox's row is.
  const moments = Array.from({ length: calls }, (_, index) => [false, true].map((after) => ({ call: index + 1, after }))).flat();
  const kills = moments.filter(({ call, after }) => job === 'send' || !after || call === calls);
  const wrong: string[] = [];
  let killed = 0;
  await inParallel(kills, 3, async (kill) => {
    const place = await prepare();
    if ((await run(job, place, kill)).killed) killed += 1;
    const found = await afterwards(place);
    if (!allowed[job].some((one) => JSON.stringify(one) === JSON.stringify(found)))
      wrong.push(`${JSON.stringify(kill)}: ${JSON.stringify(found)}`);
    rmSync(place.home, { recursive: true, force: true });
  });
  expect(wrong).toEqual([]);
  expect(killed).toBeGreaterThan(calls / 2);
});
