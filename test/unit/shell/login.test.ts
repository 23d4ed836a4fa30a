// The autostart file: written, quoted so that any folder name survives, and removed again.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { arrangeAutostart, autostartEntry, autostartFile } from '../../../electron/shell/login.js';

test('it lies where XDG says', () => {
  expect(autostartFile({ XDG_CONFIG_HOME: '/c' })).toBe('/c/autostart/todoku.desktop');
});

test.each([
  ['/opt/todoku', [], 'Exec="/opt/todoku"'],
  ['/opt/to doku', ['--home', '/a "b" $c `d` \\e 100%'], 'Exec="/opt/to doku" "--home" "/a \\"b\\" \\$c \\`d\\` \\\\e 100%%"'],
])('%s %j is quoted', (executable, args, line) => {
  expect(autostartEntry({ executable, args }).split('\n')).toContain(line);
});

test('switched on it is there, switched off it is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-login-'));
  const path = join(folder, 'autostart', 'todoku.desktop');
  arrangeAutostart({ start: true, executable: '/opt/todoku', args: ['--hidden'] }, path);
  expect(readFileSync(path, 'utf8')).toContain('"--hidden"');
  arrangeAutostart({ start: false, executable: '/opt/todoku', args: [] }, path);
  expect(existsSync(path)).toBe(false);
  rmSync(folder, { recursive: true });
});
