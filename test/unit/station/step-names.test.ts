// A person reads the name of a step in their own language: no step that a session can fail at may show its raw name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/error.js';
import { english } from '../../../shared/failure-en.js';
import { japanese } from '../../../shared/failure-ja.js';
import { explain } from '../../../shared/failure-text.js';

const root = join(import.meta.dirname, '..', '..', '..', 'electron');
const said =
  /(?:\bstep(?:: string)? = |\bstep: |step\(options, transcript, |\.ask\(|asked\()(?:[\w.]+(?: === 'tls')? \? )?'([a-z]+)'(?: : '([a-z]+)')?/g;

function namesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).flatMap((file) =>
    [...readFileSync(join(root, folder, file), 'utf8').matchAll(said)].flatMap(([, one, other]) =>
      [one, other].filter((name): name is string => name !== undefined),
    ),
  );
}

it('each step of POP3, IMAP and the network has a name in both languages, and a Japanese one in Japanese', () => {
  const names = [...new Set(['pop3', 'imap', 'net'].flatMap(namesIn))].sort();
  expect(names).toEqual(expect.arrayContaining(['capabilities', 'greeting', 'login', 'select', 'starttls', 'tls']));
  expect(names.filter((name) => english.steps[name] === undefined)).toEqual([]);
  expect(names.filter((name) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(japanese.steps[name] ?? ''))).toEqual([]);
});

it('says it in the sentence', () => {
  const failure = { code: 'starttls-refused' as FailureCode, message: '', temporary: true, account: 'Joe', step: 'starttls' };
  expect(explain(failure, 'ja').what).toMatch(/^Joe（暗号化の開始）：/);
});
