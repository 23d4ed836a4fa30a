// The window on the fake station, built as the product is and served under the product's own headers (CSP, nonce).
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { windowAsset } from '../../electron/web/asset.js';

export interface FakeServer {
  readonly url: string;
  /** Answers of `/part/ID/PART`; null gives 404. */
  part: (id: string, part: string, query: URLSearchParams) => { readonly type: string; readonly body: string | Buffer } | null;
  /** Every path that was asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

export async function serveFake(): Promise<FakeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'todoku-window-'));
  await build({
    configFile: false,
    root: join(root, 'test', 'support'),
    base: '/',
    plugins: [react()],
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: false,
      minify: false,
      rollupOptions: { input: join(root, 'test/support/fake.html') },
    },
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    fake.asked.push(url.pathname + url.search);
    const [, id, part] = /^\/part\/([^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (id !== undefined && part !== undefined) {
      const answer = fake.part(decodeURIComponent(id), part, url.searchParams);
      response.writeHead(answer === null ? 404 : 200, { 'Content-Type': answer?.type ?? 'text/plain' });
      response.end(answer?.body ?? 'not found');
      return;
    }
    void windowAsset(folder, url.pathname, null).then(({ status, headers, body }) => {
      response.writeHead(status, headers);
      response.end(body);
    });
  });
  const fake: FakeServer = {
    url: '',
    part: () => null,
    asked: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fake.html` });
}
