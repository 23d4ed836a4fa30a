// A TypeScript file of the tests as a program of its own, so that it can be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('../../node_modules/.cache/todoku-test', import.meta.url));

/** Bundles the file for Node; the path of the result. Packages stay where they are installed. */
export async function bundleForNode(file: string): Promise<string> {
  const name = `${basename(file, '.ts')}-${process.pid}.mjs`;
  const output = { entryFileNames: name, format: 'es' as const, codeSplitting: false };
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: file, outDir: folder, emptyOutDir: false, rolldownOptions: { output } },
  });
  return join(folder, name);
}

/** Runs it; resolves with the child and its first line of output. */
export async function runChild(path: string, args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, line: String(line) };
}
