// Every failure code has its sentences in both languages, and they carry the facts.
import { describe, expect, it } from 'vitest';
import { type Failure, failureCodes } from '../../../shared/error.js';
import { explain } from '../../../shared/failure-text.js';

const facts = {
  account: 'work',
  step: 'login',
  host: 'pop.example.com',
  port: 995,
  user: 'ayumi',
  path: '/mail/x',
  said: '[SYS/TEMP] busy',
  limit: 'line 512',
  seconds: 30,
  fingerprint: 'AA:BB',
  name: 'k.fujii@example.com',
};
const failure = (code: Failure['code'], given: Partial<Failure> = facts): Failure => ({
  code,
  message: 'plain words',
  temporary: true,
  ...given,
});

describe.each(['en', 'ja'] as const)('explain in %s', (language) => {
  it.each(failureCodes)('%s: two sentences, with the account and the step, and no gaps', (code) => {
    for (const given of [facts, {}]) {
      const { what, next } = explain(failure(code, given), language);
      expect(what).not.toMatch(/undefined|null|\s{2}|!|please|oops/i);
      expect(next).not.toMatch(/undefined|null|\s{2}|!|please|oops/i);
      expect(what.length).toBeGreaterThan(8);
      expect(next.length).toBeGreaterThan(8);
      expect(/[぀-ヿ一-鿿]/.test(what + next)).toBe(language === 'ja');
    }
    expect(explain(failure(code), language).what).toMatch(/^work/);
  });
});

it.each([
  ['auth', 'en', 'work, login: pop.example.com refused the password of ayumi. It said: “[SYS/TEMP] busy”.'],
  ['auth', 'ja', 'work（ログイン）：pop.example.com が ayumi のパスワードを拒否しました。相手の応答：「[SYS/TEMP] busy」'],
  ['timeout', 'en', 'work, login: pop.example.com:995 did not answer (30 s).'],
  ['recipient-refused', 'ja', 'work（ログイン）：k.fujii@example.com は拒否されました：[SYS/TEMP] busy'],
] as const)('%s in %s', (code, language, what) => {
  expect(explain(failure(code), language).what).toBe(what);
});

it('writes IPv6 addresses in brackets', () => {
  expect(explain(failure('refused', { host: '::1', port: 110 }), 'en').what).toMatch(/^\[::1\]:110 refused/);
});
