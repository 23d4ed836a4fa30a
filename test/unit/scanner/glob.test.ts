import { expect, it } from 'vitest';
import { excluder } from '../../../electron/scanner/glob.js';

const table: readonly (readonly [string, string, boolean])[] = [
  ['*.iso', '/a/b.iso', true],
  ['*.iso', '/a.iso/b', false],
  ['*.iso', '/a/b.iso.txt', false],
  ['.git', '/a/.git', true],
  ['.git/', '/a/.git', true],
  ['node_modules', '/a/node_modules', true],
  ['?.txt', '/a/b.txt', true],
  ['?.txt', '/a/bb.txt', false],
  ['[ab].txt', '/x/a.txt', true],
  ['[!ab].txt', '/x/a.txt', false],
  ['/a/*/c', '/a/b/c', true],
  ['/a/*/c', '/a/b/b/c', false],
  ['/a/**/c', '/a/b/b/c', true],
  ['/a/**', '/a/b/c', true],
  ['b/c', '/a/b/c', true],
  ['b/c', '/a/bb/c', false],
  ['**/tmp', '/mail/d/u/tmp', true],
  ['**/tmp', '/mail/d/u/tmp/x', false],
  ['a+(b).txt', '/x/a+(b).txt', true],
  ['届*', '/x/届く', true],
  ['', '/x', false],
];
for (const [pattern, path, left] of table) {
  it(`${pattern} ${left ? 'leaves out' : 'keeps'} ${path}`, () => expect(excluder([pattern])(path)).toBe(left));
}
