// A clamd that does what a real one does not: it answers a canary well, and everything else as the test says.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What to do once a whole message is there (or, `early`, after its first octets). null: say nothing, keep the connection. */
export interface Misbehaviour {
  readonly answer: string | null;
  readonly early?: boolean;
}

export interface FakeClamd {
  readonly socket: string;
  behave(misbehaviour: Misbehaviour): void;
  stop(): Promise<void>;
}

export async function startFakeClamd(): Promise<FakeClamd> {
  const folder = await mkdtemp(join(tmpdir(), 'todoku-fake-'));
  const path = join(folder, 'clamd.sock');
  const open = new Set<Socket>();
  let current: Misbehaviour = { answer: 'stream: OK\0' };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    converse(socket, () => current);
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    socket: path,
    behave(misbehaviour) {
      current = misbehaviour;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function converse(socket: Socket, behaviour: () => Misbehaviour): void {
  let got = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    got = Buffer.concat([got, bytes]);
    if (got.toString('latin1').startsWith('zVERSION\0')) return socket.end('ClamAV 9.9.9\0');
    const { answer, early = false } = behaviour();
    const whole = got.subarray(-4).equals(Buffer.alloc(4));
    if (whole && got.includes('canary.invalid')) return socket.end('stream: Eicar FOUND\0');
    if ((whole || early) && answer !== null && !got.includes('canary.invalid')) socket.end(answer);
  });
}
