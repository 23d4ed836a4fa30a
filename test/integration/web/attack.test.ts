// The web face against who should not speak to it: rebinding, foreign origins, no token, odd methods, long frames (S17).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { openWeb, type WebFace } from '../../../electron/web/server.js';
import { connect, type Port } from '../../../shared/port.js';
import { bytesPart, type PretendStation, pretendStation } from '../../support/pretend-station.js';

let folder = '';
let face: WebFace;
let station: PretendStation;
const refused: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'todoku-web-'));
  writeFileSync(join(folder, 'index.html'), '<title>Todoku</title>');
  refused.length = 0;
  station = pretendStation({ 'mailbox.list': [], 'fetch.now': [] }, { 'm1/2': bytesPart('text/html', '<script>1</script>', 'x.html') });
  face = await openWeb({ running: station, windowFolder: folder, port: 0, refused: (why) => refused.push(why) });
});
afterEach(async () => {
  await face.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
interface Answered {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: face.port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const own = () => `127.0.0.1:${face.port}`;
const entrance = () => face.url.slice(face.url.indexOf('/?'));
async function cookie(): Promise<string> {
  const { headers } = await ask(entrance());
  return String((headers['set-cookie'] as string[])[0]).split(';')[0] ?? '';
}

/** The opened socket, or the status with which it was turned away. */
function dial(headers: Record<string, string>, path = '/station'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${face.port}${path}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => resolve(0));
  });
}
const admitted = async () => ({ Cookie: await cookie(), Origin: `http://${own()}` });

test('the printed address becomes a cookie at once, and the token is in nothing that is passed on', async () => {
  const { status, headers } = await ask(entrance());
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  expect(headers['referrer-policy']).toBe('no-referrer');
  const [set] = headers['set-cookie'] as string[];
  expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  const token = new URL(face.url).searchParams.get('t') ?? 'none';
  expect(set).not.toContain(token);
  expect(JSON.stringify(headers)).not.toContain(token);
  const page = await ask('/', { headers: { Cookie: await cookie() } });
  expect(page).toMatchObject({ status: 200, body: '<title>Todoku</title>' });
  expect(page.headers['access-control-allow-origin']).toBeUndefined();
});

test('without cookie, host or origin there is 403, and nothing was asked of the station', async () => {
  const good = await cookie();
  const strangers: readonly [string, string, Asked][] = [
    ['no cookie', '/', {}],
    ['no cookie, a part', '/part/m1/2', {}],
    ['another cookie', '/', { headers: { Cookie: `${good.split('=')[0]}=AAAA` } }],
    ['a wrong token', '/?t=AAAA', {}],
    ['an empty token', '/?t=', {}],
    ['rebinding', '/', { headers: { Cookie: good, Host: `evil.example:${face.port}` } }],
    ['rebinding with the token', entrance(), { headers: { Host: 'evil.example' } }],
    ['a name that begins like ours', '/', { headers: { Cookie: good, Host: '127.0.0.1.evil.example' } }],
    ['localhost of another', '/', { headers: { Cookie: good, Host: 'localhost.evil.example' } }],
    ['a foreign origin', '/', { headers: { Cookie: good, Origin: 'http://evil.example' } }],
    ['another port as origin', '/', { headers: { Cookie: good, Origin: 'http://127.0.0.1:1' } }],
    ['null origin', '/', { headers: { Cookie: good, Origin: 'null' } }],
    ['foreign origin, the token', entrance(), { headers: { Origin: 'http://evil.example' } }],
    ['a posted form', '/', { method: 'POST', headers: { Origin: 'http://evil.example' }, body: 't=1' }],
    ['the token by POST', entrance(), { method: 'POST', body: '' }],
  ];
  for (const [name, path, asked] of strangers) expect([name, (await ask(path, asked)).status]).toEqual([name, 403]);
  expect(refused).toHaveLength(strangers.length);
  expect(refused.join()).not.toContain(new URL(face.url).searchParams.get('t'));
  expect(station.asked).toEqual([]);
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s is not for this face, cookie or not', async (method) => {
  expect((await ask('/', { method, headers: { Cookie: await cookie() } })).status).toBe(405);
  expect((await ask('/', { method })).status).toBe(403);
});

test('paths that lead elsewhere are not there', async () => {
  const headers = { Cookie: await cookie() };
  for (const path of [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2f..%2fetc/passwd',
    '//evil.example/',
    '/part/m1/../../x',
    '/part/m1/3',
  ])
    expect([path, (await ask(path, { headers })).status]).toEqual([path, 404]);
});

test('a part is never a page: its type is forced, and HEAD has its headers alone', async () => {
  const headers = { Cookie: await cookie() };
  const part = await ask('/part/m1/2', { headers });
  expect(part.status).toBe(200);
  expect(part.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
  expect(part.headers['content-disposition']).toMatch(/^attachment/);
  expect((await ask('/part/m1/2', { method: 'HEAD', headers })).body).toBe('');
});

test('it listens on the loopback alone', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one !== undefined && one.family === 'IPv4' && !one.internal);
  for (const one of outside) {
    const reached = await new Promise((resolve) => {
      const socket = connectTcp(face.port, one?.address ?? '', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('close', () => resolve(false));
    });
    expect(reached).toBe(false);
  }
});

test('a WebSocket needs cookie, origin and its one path', async () => {
  const good = await admitted();
  expect(await dial({})).toBe(403);
  expect(await dial({ Cookie: good.Cookie })).toBe(403);
  expect(await dial({ Origin: good.Origin })).toBe(403);
  expect(await dial({ ...good, Origin: 'http://evil.example' })).toBe(403);
  expect(await dial({ ...good, Host: 'evil.example' })).toBe(403);
  expect(await dial(good, '/other')).toBe(403);
  expect(station.asked).toEqual([]);
});

test('the contract over a WebSocket: calls are answered, events arrive, a wrong call is refused in words', async () => {
  const socket = (await dial(await admitted())) as WebSocket;
  const port: Port = {
    send: (message) => socket.send(JSON.stringify(message)),
    listen: (listener) => socket.on('message', (bytes: Buffer) => listener(JSON.parse(bytes.toString()))),
    close: () => socket.close(),
  };
  const line = connect(port);
  expect(await line.call('mailbox.list', {})).toEqual([]);
  await expect(line.call('constructor' as 'mailbox.list', {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(line.call('message.open', { id: '' } as never)).rejects.toMatchObject({ code: 'usage' });
  const heard = new Promise((resolve) => line.on('mailbox.changed', resolve));
  station.emit('mailbox.changed', { folder: 'f1' });
  expect(await heard).toEqual({ folder: 'f1' });
  for (const text of ['', 'null', '[]', '{"id":"x"}', '{', '"a"']) socket.send(text);
  expect(await line.call('mailbox.list', {})).toEqual([]);
  line.close();
});

test('a frame over the limit ends its connection, not the station', async () => {
  const socket = (await dial(await admitted())) as WebSocket;
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.send(`{"id":1,"call":"mailbox.list","input":"${'x'.repeat(9_000_000)}"}`);
  expect(await closed).toBe(1009);
  expect(station.asked).toEqual([]);
  expect(await dial(await admitted())).toBeInstanceOf(WebSocket);
});

test('headers over the limit are refused', async () => {
  const answered = await ask('/', { headers: { 'X-Long': 'x'.repeat(40_000) } }).catch(() => ({ status: 0 }));
  expect([0, 431]).toContain(answered.status);
});

test('a taken port is said in words', async () => {
  await expect(openWeb({ running: station, windowFolder: folder, port: face.port, refused: () => undefined })).rejects.toMatchObject({
    code: 'conflict',
    facts: { port: face.port },
  });
});
