// The POP3 session in a program of its own: built into a folder, beside a script that uses it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';

const run = promisify(execFile);
export const checkout = resolve(import.meta.dirname, '../../..');

export interface Program {
  /** Runs the script with this argument, as JSON; gives what it printed, from JSON. */
  run<Result>(argument: unknown, executable?: string, env?: NodeJS.ProcessEnv): Promise<Result>;
  remove(): Promise<void>;
}

/** `script` imports './session.js', reads process.argv[2] and prints one JSON text. */
export async function makeProgram(script: string): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'todoku-pop3-'));
  const entry = join(checkout, 'electron/pop3/session.ts');
  await build({ configFile: false, logLevel: 'error', root: checkout, build: { ssr: entry, outDir: folder, emptyOutDir: false } });
  await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'script.js'), script);
  return {
    run: async (argument, executable = process.execPath, env = {}) => {
      const { stdout } = await run(executable, ['script.js', JSON.stringify(argument)], { cwd: folder, env: { ...process.env, ...env } });
      return JSON.parse(stdout);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
