// Start at login: an autostart file on Linux, where Electron's login items do nothing (WIRE.md section 7); a login item elsewhere.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface LoginPlan {
  readonly start: boolean;
  readonly executable: string;
  /** Data folder and the like: what this very start was told. */
  readonly args: readonly string[];
}

/** XDG autostart. */
export function autostartFile(environment: NodeJS.ProcessEnv = process.env): string {
  const config = environment.XDG_CONFIG_HOME;
  return join(config !== undefined && config !== '' ? config : join(homedir(), '.config'), 'autostart', 'todoku.desktop');
}

/** A desktop entry; quoting as its specification has it (each argument in double quotes, four characters escaped, % doubled). */
export function autostartEntry({ executable, args }: Pick<LoginPlan, 'executable' | 'args'>): string {
  const quoted = [executable, ...args].map((word) => `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`);
  return `[Desktop Entry]\nType=Application\nName=Todoku\nExec=${quoted.join(' ')}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n`;
}

/** Written, or removed, when it returns. Throws what the file system throws. */
export function arrangeAutostart(plan: LoginPlan, path = autostartFile()): void {
  if (!plan.start) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, autostartEntry(plan));
}
