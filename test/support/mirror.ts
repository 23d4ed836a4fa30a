// An update server for freshclam: answers each path as the test says, and counts what it was asked.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Mirror {
  readonly url: string;
  readonly asked: string[];
  /** By path, with its leading slash. Others get 404. */
  serve(path: string, answer: Answer): void;
  stop(): Promise<void>;
}

export async function startMirror(): Promise<Mirror> {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers.get(path) ?? plain(404);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    serve: (path, answer) => void answers.set(path, answer),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function plain(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return (_, response) => void response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers }).end(body);
}

/** Says that more is to come than comes. */
export function cutShort(body: string, promised: number): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': String(promised) });
    response.write(body, () => response.destroy());
  };
}

/** Begins, and then nothing. */
export const silent: Answer = (_, response) => void response.writeHead(200, { 'content-length': '1000' }).flushHeaders();
