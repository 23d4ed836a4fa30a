// Remote images through the web face: only what the message names, only after consent, and the choice is kept.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWeb, type WebFace } from '../../../electron/web/server.js';
import { type ImageHost, imageHost, onePixel, testNetwork } from '../../support/image-host.js';
import { openTestMail, type TestMail } from '../../support/mail.js';
import { pretendStation } from '../../support/pretend-station.js';

let host: ImageHost;
let mail: TestMail;
let face: WebFace;
let cookie = '';
let id = '';
const named = () => `http://img.example:${host.port}/a.png?x=1&y=2`;

function deliver(root: string, name: string, status: string): void {
  const folder = join(root, 'mail', 'example.com', 'taro', 'cur');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(folder, '..', part), { recursive: true });
  const html = `<p>hello</p><img SRC = '${named().replace('&', '&amp;')}'><img src="http://inside.example/b.png">`;
  writeFileSync(
    join(folder, name),
    `X-Virus-Status: ${status}\nFrom: Shop <Shop@example.org>\nSubject: ${name}\nContent-Type: text/html\n\n${html}`,
  );
}

beforeEach(async () => {
  host = await imageHost();
  const root = mkdtempSync(join(tmpdir(), 'todoku-remote-'));
  deliver(root, '1.a.host:2,', 'Clean');
  deliver(root, '2.b.host:2,', 'Suspicious (phishing: Heuristics.Phishing)');
  const network = testNetwork({ 'img.example': ['127.0.0.1'], 'inside.example': ['10.0.0.1'] });
  mail = await openTestMail({ root, network });
  await mail.mail.settled();
  id = await idOf('1.a.host:2,');
  const running = { ...pretendStation(), remote: mail.mail.images.open };
  face = await openWeb({ running, windowFolder: root, port: 0, refused: () => undefined });
  const entered = await fetch(face.url, { redirect: 'manual' });
  cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterEach(async () => {
  await face.close();
  await mail.close();
  await host.close();
  rmSync(mail.root, { recursive: true, force: true });
});

async function idOf(subject: string): Promise<string> {
  const { rows } = await mail.call('message.list', {});
  return rows.find((row) => row.subject === subject)?.id ?? '';
}
const path = (address: string, message = id) => `/part/${encodeURIComponent(message)}/remote?url=${encodeURIComponent(address)}`;
const ask = (target: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${face.port}${target}`, { headers: { cookie }, ...init });
const status = async (address: string, message = id) => (await ask(path(address, message))).status;

test('nothing is loaded before consent; once loads what the message names, and nothing else', async () => {
  expect(await status(named())).toBe(403);
  await mail.call('message.images', { id, allow: 'once' });
  const answer = await ask(path(named()));
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
    200,
    'image/png',
    'nosniff',
  ]);
  expect(Buffer.from(await answer.arrayBuffer()).equals(onePixel)).toBe(true);
  expect(answer.headers.get('set-cookie')).toBe(null);
  expect(await status(`http://img.example:${host.port}/other.png`)).toBe(403);
  expect(await status('http://inside.example/b.png')).toBe(403);
  expect(host.asked.map(({ path: asked }) => asked)).toEqual(['/a.png?x=1&y=2']);
});

test('consent is for one message, or for its sender, and is taken back', async () => {
  deliver(mail.root, '3.c.host:2,', 'Clean');
  await mail.reopen().then((again) => {
    mail = again;
  });
  await mail.mail.settled();
  const other = await idOf('3.c.host:2,');
  const open = (message: string) =>
    mail.mail.images.open(message, named()).then(
      () => 'loaded',
      (error: { code: string }) => error.code,
    );
  const first = await idOf('1.a.host:2,');
  await mail.call('message.images', { id: first, allow: 'once' });
  expect([await open(first), await open(other)]).toEqual(['loaded', 'forbidden']);
  await mail.call('message.images', { id: first, allow: 'sender' });
  expect([await open(first), await open(other)]).toEqual(['loaded', 'loaded']);
  await mail.call('message.images', { id: first, allow: 'never' });
  expect([await open(first), await open(other)]).toEqual(['forbidden', 'forbidden']);
});

test('what the scanner doubts is loaded only when asked for by itself', async () => {
  const doubted = await idOf('2.b.host:2,');
  await mail.call('message.images', { id, allow: 'sender' });
  expect([await status(named()), await status(named(), doubted)]).toEqual([200, 403]);
  await mail.call('message.images', { id: doubted, allow: 'once' });
  expect(await status(named(), doubted)).toBe(200);
});

test('without the cookie, by another method or another path nothing is asked', async () => {
  await mail.call('message.images', { id, allow: 'once' });
  expect((await ask(path(named()), { headers: {} })).status).toBe(403);
  expect((await ask(path(named()), { method: 'HEAD' })).status).toBe(405);
  expect((await ask(path(named()), { method: 'POST' })).status).toBe(405);
  expect((await ask(`${path(named())}&url=x`)).status).toBe(404);
  expect((await ask(path(named()).replace('?url=', '?uri='))).status).toBe(404);
  expect(await status(named(), 'nothing.1')).toBe(404);
  expect(host.asked).toEqual([]);
});
