// The build: main, command, station and worker as ES modules for Node 20; one CommonJS preload; the window for Chromium 130.
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { rendererConfig } from './renderer/vite.js';

const at = (path: string): string => resolve(import.meta.dirname, path);
const entries = {
  main: at('electron/main.ts'),
  headless: at('electron/headless.ts'),
  cli: at('electron/cli.ts'),
  station: at('electron/station/open.ts'),
  worker: at('electron/worker.ts'),
};

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      outDir: at('out/main'),
      reportCompressedSize: false,
      rollupOptions: {
        input: entries,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'part/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      outDir: at('out/preload'),
      externalizeDeps: false,
      reportCompressedSize: false,
      rollupOptions: { input: at('electron/preload.ts'), output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    ...rendererConfig,
    root: at('renderer'),
    build: {
      ...rendererConfig.build,
      outDir: at('out/renderer'),
      reportCompressedSize: false,
      rollupOptions: { input: at('renderer/index.html') },
    },
  },
});
