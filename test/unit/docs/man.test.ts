// `man todoku` tells of no command, argument or option that commander does not know.
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

test('every command and option in docs/todoku.1 is one of the command, in its words (written anew with TODOKU_MAN=1)', () => {
  if (program === null) throw new Error('the command was not built');
  const now = manPage(program, version);
  if (process.env.TODOKU_MAN === '1') writeFileSync(path, now);
  const named = (page: string) => page.split('\n').filter((line) => /^\.(?:SS|B) /.test(line));
  const known = new Set(named(now));
  const page = named(readFileSync(path, 'utf8'));
  expect(page.length).toBeGreaterThan(60);
  expect(page.filter((line) => !known.has(line))).toEqual([]);
});
