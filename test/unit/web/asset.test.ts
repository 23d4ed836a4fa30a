// The built window by URL path: its files, nothing else, each with the policy (S3, S5).
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { windowAsset } from '../../../electron/web/asset.js';

let folder = '';
let root = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'todoku-asset-'));
  root = join(folder, 'window');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<meta property="csp-nonce" nonce="TODOKU-NONCE" />');
  writeFileSync(join(root, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'notes.exe'), 'x');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  symlinkSync(join(folder, 'secret.js'), join(root, 'assets', 'link.js'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the page carries the nonce that its policy names, another each time', async () => {
  const nonces = new Set<string>();
  for (let turn = 0; turn < 3; turn += 1) {
    const { status, headers, body } = await windowAsset(root, '/', null);
    expect(status).toBe(200);
    const nonce = /nonce="([\w-]{20,})"/.exec(body.toString())?.[1] ?? '';
    expect(headers['Content-Security-Policy']).toContain(`'nonce-${nonce}'`);
    expect(headers['Cache-Control']).toBe('no-store');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test('the policy is the one of SECURITY S5', async () => {
  const policy = (await windowAsset(root, '/assets/main.js', 'mailpart:')).headers['Content-Security-Policy'] ?? '';
  const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
  expect(rules.get('default-src')).toBe("'none'");
  expect(rules.get('script-src')).toBe("'self'");
  expect(rules.get('img-src')).toBe("'self' data: mailpart:");
  expect(rules.get('connect-src')).toBe("'self'");
  for (const name of ['base-uri', 'form-action', 'object-src', 'frame-ancestors']) expect(rules.get(name)).toBe("'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

test.each([
  '/../secret.js',
  '/..%2fsecret.js',
  '/%2e%2e/secret.js',
  '/assets/..%5c..%5csecret.js',
  '/assets/%2e%2e/%2e%2e/secret.js',
  '/assets/link.js',
  '/assets/notes.exe',
  '/assets',
  '/assets/',
  '/%00',
  '/%ff',
  '/etc/passwd',
  '//etc/passwd',
  '/missing.js',
])('%s is not there', async (path) => {
  const { status, body } = await windowAsset(root, path, null);
  expect(status).toBe(404);
  expect(body.toString()).not.toContain('secret');
});
