// A session with a clamd that answers as the test says: only a plain answer to this very message counts, everything else is
// "nothing is known", and the message is asked again by itself.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sessions } from '../../../electron/scanner/session.js';

let folder: string;
let server: Server;
let sessions: Sessions;
const connections: Socket[] = [];
/** Bodies of the messages that are there as a whole, in order; the answer is what to write. */
let answer: (socket: Socket, bodies: readonly string[]) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todoku-session-'));
  server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => {});
    let got = '';
    let told = 0;
    socket.on('data', (bytes) => {
      got += bytes.toString('latin1');
      const bodies = wholeBodies(got);
      if (bodies.length > told) answer(socket, bodies);
      told = bodies.length;
    });
  });
  server.listen(join(folder, 's'));
  await once(server, 'listening');
  sessions = new Sessions({ kind: 'unix', path: join(folder, 's') });
});
afterEach(async () => {
  for (const socket of connections.splice(0)) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

function wholeBodies(got: string): readonly string[] {
  expect(got.startsWith('zIDSESSION\0')).toBe(true);
  const bodies: string[] = [];
  let rest = got.slice('zIDSESSION\0'.length);
  for (;;) {
    const head = /^zINSTREAM\0([\s\S]{4})/.exec(rest);
    const length = Buffer.from(head?.[1] ?? '', 'latin1');
    const whole = 'zINSTREAM\0'.length + 4;
    if (length.length < 4 || rest.length < whole + length.readUInt32BE() + 4) return bodies;
    bodies.push(rest.slice(whole, whole + length.readUInt32BE()));
    rest = rest.slice(whole + length.readUInt32BE() + 4);
  }
}
const ask = (text: string, deadline = 5000, signal?: AbortSignal) => sessions.ask(Buffer.from(text), { deadline, prefix: '>', signal });

it('answers go to their messages, whatever their order, over one connection', async () => {
  answer = (socket, bodies) => {
    if (bodies.length === 3) socket.write('3: stream: OK\0' + '1: stream: Eicar FOUND\0' + '2: stream: Heuristics.Encrypted.Zip FOUND\0');
  };
  const verdicts = await Promise.all(['a', 'b', 'c'].map((text) => ask(text)));
  expect(verdicts).toEqual([
    { kind: 'infected', signatures: ['Eicar'] },
    { kind: 'suspicious', class: 'encrypted', signatures: ['Heuristics.Encrypted.Zip'] },
    { kind: 'clean' },
  ]);
  expect(connections).toHaveLength(1);
});

it('the prefix and the body are sent as they are, and an answer may come in pieces', async () => {
  let seen: readonly string[] = [];
  answer = (socket, bodies) => {
    seen = bodies;
    socket.write('1: stre');
    setImmediate(() => socket.write('am: OK\0'));
  };
  expect(await ask('x\0y')).toEqual({ kind: 'clean' });
  expect(seen).toEqual(['>x\0y']);
});

const nothing: readonly (readonly [string, string | null])[] = [
  ['a number of no message', '7: stream: OK\0'],
  ['no number', 'stream: OK\0'],
  ['an error', '1: INSTREAM size limit exceeded. ERROR\0'],
  ['an answer we do not know', '1: stream: fine\0'],
  ['an empty answer', '1: \0'],
  ['half an answer', '1: stream: OK'],
  ['a time-out of its own', 'COMMAND READ TIMED OUT\n'],
  ['an answer without end', 'x'.repeat(200_000)],
  ['nothing', null],
];
it.each(nothing)('%s, then the end: nothing is known', async (_, text) => {
  answer = (socket) => {
    socket.end(text ?? '');
  };
  expect(await ask('a')).toBeNull();
});

it('the end of a session is not the end of the next', async () => {
  answer = (socket, bodies) => (bodies[0] === '>a' ? socket.destroy() : socket.write('1: stream: OK\0'));
  expect(await ask('a')).toBeNull();
  expect(await ask('b')).toEqual({ kind: 'clean' });
  expect(connections).toHaveLength(2);
});

it('silence is unavailable at its deadline; the next message goes over another connection', async () => {
  answer = (socket, bodies) => (bodies[0] === '>b' ? socket.write('1: stream: OK\0') : undefined);
  expect(await ask('a', 50)).toMatchObject({ kind: 'unavailable' });
  expect(await ask('b')).toEqual({ kind: 'clean' });
});

it('called off is unavailable, and its late answer is nobody else’s', async () => {
  const off = new AbortController();
  answer = (socket, bodies) => (bodies.length === 2 ? socket.write('1: stream: Eicar FOUND\0' + '2: stream: OK\0') : off.abort());
  expect(await ask('a', 5000, off.signal)).toEqual({ kind: 'unavailable', reason: 'cancelled' });
  expect(await ask('b')).toEqual({ kind: 'clean' });
});

it('nobody listens: nothing is known', async () => {
  const gone = new Sessions({ kind: 'unix', path: join(folder, 'gone') });
  expect(await gone.ask(Buffer.from('a'), { deadline: 1000, prefix: '' })).toBeNull();
});
