// `man todoku` tells of every command, argument and option that commander knows, and of no other.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeAll, expect, test, vi } from 'vitest';
import { version } from '../../../shared/version.js';
import { manPage } from '../../support/man-page.js';

const path = join(import.meta.dirname, '..', '..', '..', 'docs', 'todoku.1');
let program: Command | null = null;
beforeAll(async () => {
  vi.spyOn(Command.prototype, 'parseAsync').mockImplementation(function (this: Command) {
    program = this;
    return Promise.resolve(this);
  });
  await import('../../../electron/cli.js');
});

test('docs/todoku.1 has the commands and options of the command, in its words (written anew with TODOKU_MAN=1)', () => {
  if (program === null) throw new Error('the command was not built');
  const now = manPage(program, version);
  if (process.env.TODOKU_MAN === '1') writeFileSync(path, now);
  const named = (page: string) => page.split('\n').filter((line) => /^\.(?:SS|B) /.test(line));
  expect(named(now).length).toBeGreaterThan(60);
  expect(named(readFileSync(path, 'utf8'))).toEqual(named(now));
});
