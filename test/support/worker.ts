// The worker script, bundled once a test run into node_modules/.cache, where its packages resolve.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles `entry` (below the repository) and returns the path of the script. Bundles made at once do not meet: each process has its folder. */
export async function bundleScript(entry: string): Promise<string> {
  const name = `${entry.replace(/[^a-z0-9]+/gi, '-')}.mjs`;
  const outDir = join(root, 'node_modules', '.cache', 'todoku-test', String(process.pid));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: name, format: 'es' } },
    },
  });
  return join(outDir, name);
}

let worker: Promise<string> | null = null;
export function builtWorker(): Promise<string> {
  worker ??= bundleScript('electron/worker.ts');
  return worker;
}
