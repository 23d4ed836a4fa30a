// What is shipped, as it is shipped: the unpacked app (fuses, window, command), the Debian package, and the headless npm package.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputLines, root } from '../support/launch.js';
import { launchPacked, must, packingScript, say } from '../support/packed.js';
import { type DesktopSession, startSession } from '../support/session.js';

/** A fuse's octet in the program (@electron/fuses does not export its enumeration). */
const [disabled, enabled] = ['0', '1'].map((digit) => digit.charCodeAt(0));

let session: DesktopSession;
let place = '';
const app = () => join(place, 'dist', 'linux-unpacked');
const program = () => join(app(), 'todoku-desktop');
const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

beforeAll(async () => {
  session = await startSession();
  place = mkdtempSync(join(tmpdir(), 'todoku-package-'));
  must(process.execPath, [packingScript, 'deb', '--output', join(place, 'dist')]);
});
afterAll(async () => {
  await session.stop();
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
});

test('the fuses of S24, read back', async () => {
  const wire = await getCurrentFuseWire(program());
  const state = (fuse: FuseV1Options) => wire[fuse];
  for (const off of [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ])
    expect([off, state(off)]).toEqual([off, disabled]);
  expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(enabled);
  // And what they do: the program is no Node.
  const script = join(place, 'script.js');
  writeFileSync(script, 'console.log("ran as node")');
  const asNode = say(program(), ['--no-sandbox', '--ozone-platform=headless', '--version', script], { ELECTRON_RUN_AS_NODE: '1' });
  expect(asNode.out).not.toContain('ran as node');
});

test('the archive holds what runs and nothing of the workshop; clamd reads its files beside it', () => {
  const archive = join(app(), 'resources', 'app.asar');
  const files = listPackage(archive, { isPack: false });
  for (const wanted of [
    '/out/main/main.js',
    '/out/main/cli.js',
    '/out/main/worker.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
  ])
    expect(files).toContain(wanted);
  expect(files.filter((path) => /^\/(test|electron|renderer|shared|scripts|docs)\//.test(path))).toEqual([]);
  expect(files.filter((path) => /^\/node_modules\/(electron|vitest|typescript|playwright-core|react)\//.test(path))).toEqual([]);
  expect(JSON.parse(extractFile(archive, 'package.json').toString())).toMatchObject({ name: 'todoku', main: 'out/main/main.js' });
  expect(readdirSync(join(app(), 'resources', 'app.asar.unpacked', 'resources', 'signatures')).length).toBeGreaterThan(0);
});

test('the sample station opens in the packed app: fetched, scanned, a message read', async () => {
  const packed = await launchPacked(program(), session, ['--sample']);
  try {
    expect(await packed.printed('sample ready')).toMatch(/[1-9]\d* delivered, [1-9]\d* quarantined/);
    const { page } = packed;
    expect(page.url()).toMatch(/^app:\/\/todoku\//);
    await page.getByRole('option', { name: /会員証の再発行/ }).click();
    // In the list's preview, and in the message that the worker read.
    await page
      .getByText(/会員証をなくしてしまい/)
      .nth(1)
      .waitFor();
    mkdirSync(join(root, 'shots'), { recursive: true });
    await page.screenshot({ path: join(root, 'shots', 'packed-sample.png') });
  } finally {
    expect(await packed.close()).toBe(0);
  }
});

test('the packed command: words, exit codes, standard input, and nothing on standard error but its own', () => {
  const command = join(root, 'packaging', 'todoku.sh');
  const env = { TODOKU_FOLDER: app(), XDG_CACHE_HOME: join(place, 'cache') };
  const home = join(place, 'command-home');
  const todoku = (args: readonly string[], input = '') => say(command, [...args, '--home', home], env, input);
  expect(say(command, ['--version'], env)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  const added = todoku(
    ['account', 'add', 'Work', '--host', 'pop.example.com', '--user', 'me', '--deliver-to', 'me@example.com', '--password-stdin'],
    'secret\n',
  );
  expect([added.code, added.err]).toEqual([0, '']);
  expect(todoku(['poll', 'nobody']).code).toBe(5);
  const { checks } = JSON.parse(todoku(['doctor', '--json']).out) as { checks: { name: string; finding: string }[] };
  expect(checks.find(({ name }) => name === 'settings')?.finding).toBe('ok');
  // A switch of Chromium's among the words is the command's affair.
  expect(todoku(['status', '--user-data-dir=/nowhere']).code).toBe(5);
  const cache = join(place, 'cache', 'todoku', 'command');
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
});

test('the Debian package: contents and control, installed, used, and removed with the mail left', () => {
  const deb = join(place, 'dist', `todoku_${version}_${process.arch === 'x64' ? 'amd64' : process.arch}.deb`);
  const contents = must('dpkg-deb', ['--contents', deb]);
  for (const path of [
    'usr/bin/todoku',
    'usr/bin/todoku-desktop -> ../lib/todoku/todoku-desktop',
    'usr/lib/todoku/resources/app.asar',
    'usr/share/applications/todoku.desktop',
    'usr/share/icons/hicolor/256x256/apps/todoku.png',
    'usr/share/icons/hicolor/scalable/apps/todoku.svg',
    'usr/lib/systemd/user/todoku.service',
  ])
    expect(contents).toContain(` ./${path}\n`);
  expect(contents).toMatch(/^-rwsr-xr-x root\/root .*chrome-sandbox$/m);
  expect(contents.split('\n').filter((line) => line !== '' && !/ root\/root /.test(line))).toEqual([]);
  expect(must('dpkg-deb', ['--field', deb, 'Depends'])).toContain('libgtk-3-0');
  const target = join(place, 'system');
  mkdirSync(join(target, 'var/lib/dpkg/updates'), { recursive: true });
  mkdirSync(join(target, 'var/lib/dpkg/info'), { recursive: true });
  for (const name of ['status', 'available']) writeFileSync(join(target, 'var/lib/dpkg', name), '');
  const dpkg = (...args: string[]) =>
    must('fakeroot', ['dpkg', `--root=${target}`, '--force-not-root', '--force-depends', '--log=/dev/null', ...args]);
  dpkg('--install', deb);
  const entry = readFileSync(join(target, 'usr/share/applications/todoku.desktop'), 'utf8');
  expect(entry).toMatch(/^MimeType=message\/rfc822;x-scheme-handler\/mailto;$/m);
  expect(entry).toMatch(/^Exec=\/usr\/bin\/todoku-desktop %U$/m);
  const home = join(target, 'home', 'joe', 'todoku');
  const env = { TODOKU_FOLDER: join(target, 'usr/lib/todoku'), XDG_CACHE_HOME: join(place, 'cache') };
  const installed = say(
    join(target, 'usr/bin/todoku'),
    ['account', 'add', 'Joe', '--host', 'pop.example.com', '--user', 'joe', '--deliver-to', 'joe@a.example', '--home', home],
    env,
  );
  expect(installed.code).toBe(0);
  mkdirSync(join(home, 'mail/a.example/joe/new'), { recursive: true });
  writeFileSync(join(home, 'mail/a.example/joe/new/1.M1.a'), 'From: a@a.example\n\nstays\n');
  dpkg('--purge', 'todoku');
  expect(existsSync(join(target, 'usr/lib/todoku'))).toBe(false);
  expect(existsSync(join(target, 'usr/bin/todoku'))).toBe(false);
  expect(readFileSync(join(home, 'mail/a.example/joe/new/1.M1.a'), 'utf8')).toContain('stays');
  expect(existsSync(join(home, 'settings.json'))).toBe(true);
});

test('the headless station as an npm package: packed, installed in a clean folder, and it serves', async () => {
  const npm = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false', npm_config_loglevel: 'error' };
  const [{ filename }] = JSON.parse(must('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', place], npm)) as [
    { filename: string },
  ];
  const prefix = join(place, 'prefix');
  must('npm', ['install', '--global', '--prefix', prefix, '--prefer-offline', '--ignore-scripts', join(place, filename)], npm);
  const todoku = join(prefix, 'bin', 'todoku');
  expect(must(todoku, ['--version'])).toBe(`${version}\n`);
  const served = spawn(todoku, ['serve', '--home', join(place, 'served')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = outputLines();
  for (const stream of [served.stdout, served.stderr]) stream.on('data', output.feed);
  const ended = new Promise<number | null>((resolve) => served.on('close', resolve));
  const line = await Promise.race([output.printed('Todoku is at '), ended.then(() => Promise.reject(new Error(output.text())))]);
  const address = line.slice(line.indexOf('http')).trim();
  const exchanged = await fetch(address, { redirect: 'manual' });
  const page = await fetch(new URL('/', address), { headers: { Cookie: exchanged.headers.get('set-cookie')?.split(';')[0] ?? '' } });
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("default-src 'none'")]);
  expect(await page.text()).toContain('<script');
  served.kill('SIGTERM');
  expect(await ended).toBe(0);
});
