// Serves the window on the fake station: `npx vite --config test/support/fake.vite.ts`, then /test/support/fake.html.
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { makeMessages } from './fake-mail.js';

/** The parts of fake messages, as a station's face would serve them. */
function fakeParts(): Plugin {
  return {
    name: 'fake-parts',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, id, part] = /^\/part\/([^/]+)\/([^/?]+)/.exec(request.url ?? '') ?? [];
        const message = makeMessages(Date.now()).find(({ envelope }) => envelope.id === id);
        if (message === undefined) return next();
        response.setHeader('Content-Type', part === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
        response.end(part === 'html' ? message.html : part === 'source' ? source(message) : 'bytes');
      });
    },
  };
}

function source(message: ReturnType<typeof makeMessages>[number]): string {
  const { envelope } = message;
  const head = [
    `Return-Path: <${envelope.from[0]?.address}>`,
    `Received: from pop.kaze-net.example [198.51.100.7]`,
    `\tby mori.example with POP3 (fetchmail-6.4.39)`,
    `\tfor <ayumi@mori.example> (single-drop); Mon, 24 Nov 2025 10:42:31 +0900 (JST)`,
    `From: ${envelope.from[0]?.name} <${envelope.from[0]?.address}>`,
    `Subject: ${envelope.subject}`,
    `Message-ID: ${envelope.messageId}`,
    'Content-Type: text/plain; charset=utf-8',
  ];
  return `${head.join('\n')}\n\n${message.text}\n`;
}

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from it
export default defineConfig({
  plugins: [react(), fakeParts()],
  server: { host: '127.0.0.1', strictPort: false, hmr: false },
  clearScreen: false,
});
