// The packed app as the command `todoku`: Electron's own way to be Node is switched off (S24), so the app runs the command itself,
// without a display. What Chromium writes meanwhile goes into the cache and is removed.
import { mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';

/** Runs `load` (the command's entry, which reads process.argv and sets process.exitCode) and ends the app with its code. */
export function runAsCommand(load: () => Promise<unknown>): void {
  process.argv = [process.execPath, 'todoku', ...commandWords(process.argv)];
  const scratch = chromiumFolder();
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  for (const name of ['userData', 'sessionData'] as const) app.setPath(name, scratch);
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  void app.whenReady().then(async () => {
    try {
      await load();
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
    await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
    app.exit(Number(process.exitCode ?? 0));
  });
}

/** One for all commands: Chromium makes it again, empty, after we have removed it. */
function chromiumFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'todoku', 'command');
}

/** Before `--` stand Chromium's switches, after it the person's words. */
export function commandWords(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('--');
  return at === -1 ? argv.slice(1) : argv.slice(at + 1);
}
