// Words for the window: each reason and kind has a sentence in both languages, with no placeholder left.
import { expect, test } from 'vitest';
import { bounceKinds, bounceReasons } from '../../../shared/bounce.js';
import { explainBounce, kindWord, reasonWord } from '../../../shared/bounce-text.js';

const row = { final: 'k.fujii@hanamaru.example', original: null, reason: 'user-unknown', permanent: true, kind: 'failed' } as const;

test('the sentence of the design', () => {
  expect(explainBounce(row, 'en')).toEqual({
    what: 'hanamaru.example has no mailbox called “k.fujii”.',
    next: 'Sending again will not help. Check the spelling, or ask for the address another way.',
  });
  expect(explainBounce(row, 'ja').what).toBe('hanamaru.example に「k.fujii」というメールボックスはありません。');
});

test.each(['en', 'ja'] as const)('every reason and kind has words (%s)', (language) => {
  for (const reason of bounceReasons) {
    const { what, next } = explainBounce({ ...row, reason }, language);
    expect(`${what} ${next} ${reasonWord(reason, language)}`).not.toMatch(/undefined|null|\$\{|!|[Pp]lease/);
    expect(what).not.toBe('');
    expect(next).not.toBe('');
  }
  for (const kind of bounceKinds) {
    expect(kindWord(kind, language)).not.toBe('');
    expect(explainBounce({ ...row, kind }, language).what).not.toMatch(/undefined|null/);
  }
});

test('a report that names nobody is explained without a name', () => {
  expect(explainBounce({ ...row, final: null, reason: 'undefined' }, 'en').what).toContain('a recipient that the report does not name');
});
