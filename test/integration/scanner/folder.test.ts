// Folder scans and `todoku scan` on a real clamd, beside what clamdscan says of the same files.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CommandIo } from '../../../electron/command/io.js';
import { type ScanCommandOptions, scanCommand } from '../../../electron/command/scan.js';
import { startFolderScan } from '../../../electron/scanner/folder.js';
import type { ScanProgress } from '../../../shared/scan.js';
import { bundleForNode } from '../../support/child.js';
import { startClamd, type TestClamd } from '../../support/clamd.js';
import { mailWith, zipOf } from '../../support/samples.js';
import { eicar, type TestScanner, testScanner } from '../../support/scanner.js';

let clamd: TestClamd;
let made: TestScanner;
let tree: string;
beforeAll(async () => {
  clamd = await startClamd();
  made = await testScanner({ clamd: `unix:${clamd.socket}`, streamLimit: 5_000_000 });
});
afterAll(async () => {
  await made.close();
  await clamd.stop();
});
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'todoku-tree-'));
  await mkdir(join(tree, 'below/deep'), { recursive: true });
  await mkdir(join(tree, 'skip'));
  await writeFile(join(tree, 'clean.txt'), 'nothing here\n');
  await writeFile(join(tree, 'empty'), '');
  await writeFile(join(tree, 'below/eicar.com'), eicar);
  await writeFile(join(tree, 'below/deep/odd.eml'), mailWith(Buffer.from(eicar), 'f', 'ARC-Seal: i=1'));
  await writeFile(join(tree, 'below/secret.zip'), await zipOf(Buffer.from('x'), 'password'));
  await writeFile(join(tree, 'skip/eicar.iso'), eicar);
  await copyFile('/usr/share/clamav-testfiles/clam.exe', join(tree, 'below/deep/clam.exe'));
  await writeFile(Buffer.concat([Buffer.from(`${tree}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.com')]), eicar);
  await symlink(join(tree, 'below/eicar.com'), join(tree, 'link.com'));
  await symlink(tree, join(tree, 'below/loop'));
  execFileSync('mkfifo', [join(tree, 'pipe')]);
});
afterEach(() => rm(tree, { recursive: true, force: true }));

interface Told {
  readonly exit: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}
async function todokuScan(paths: readonly string[], options: ScanCommandOptions = {}, json = false): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  const io: CommandIo = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    stdin: Readable.from([]),
    home: tree,
    json,
    verbose: false,
    language: 'en',
  };
  return { exit: await scanCommand(paths, options, made.scanner, io), out, err };
}
const name = (path: string) => path.slice(tree.length + 1);

it('--json is the summary, and only that', async () => {
  const { exit, out } = await todokuScan([tree], { exclude: ['*.iso'] }, true);
  expect(exit).toBe(1);
  expect(out.length).toBe(1);
  const summary = JSON.parse(out[0] ?? '');
  expect(Object.keys(summary)).toEqual(['files', 'octets', 'seconds', 'infected', 'suspicious', 'errors']);
  expect(
    summary.infected.map(({ path, signatures }: { path: string; signatures: string[] }) => [name(path), ...signatures]).sort(),
  ).toEqual([
    ['below/deep/clam.exe', 'ClamAV-Test-File.UNOFFICIAL'],
    ['below/deep/odd.eml', 'Eicar-Test-Signature.UNOFFICIAL'],
    ['below/eicar.com', 'Eicar-Test-Signature.UNOFFICIAL'],
    ['\ufffd\ufffd.com', 'Eicar-Test-Signature.UNOFFICIAL'],
  ]);
  expect(summary.suspicious).toEqual([
    { path: join(tree, 'below/secret.zip'), class: 'encrypted', signatures: ['Heuristics.Encrypted.Zip'] },
  ]);
  expect(summary.errors).toEqual([]);
  expect(summary.files).toBe(7);
});

it('exit codes are clamdscan’s: 0 clean, 1 found, 2 error; found and error is 1', async () => {
  const clean = join(tree, 'clean.txt');
  const bad = join(tree, 'below/eicar.com');
  const gone = join(tree, 'gone');
  for (const paths of [[clean], [bad], [gone], [bad, gone], [clean, gone]]) {
    const theirs = spawnSync('clamdscan', [`--config-file=${clamd.conf}`, ...paths]).status;
    expect((await todokuScan(paths)).exit, paths.map(name).join(' ')).toBe(theirs);
  }
});

it('the lines and the summary are clamdscan’s', async () => {
  const paths = [join(tree, 'clean.txt'), join(tree, 'below/eicar.com'), join(tree, 'gone')];
  const { out, err } = await todokuScan(paths);
  // Several are scanned at once: the order of the lines is not the order of the paths.
  expect(out.slice(0, 2).sort()).toEqual([`${paths[1]}: Eicar-Test-Signature.UNOFFICIAL FOUND`, `${paths[0]}: OK`]);
  expect(err).toEqual([`ERROR: ${paths[2]}: no such file or folder`]);
  expect(out.slice(2)).toEqual([
    '',
    '----------- SCAN SUMMARY -----------',
    'Scanned files: 2',
    'Infected files: 1',
    'Total errors: 1',
    'Data scanned: 0.00 MB',
    expect.stringMatching(/^Time: \d+\.\d{3} sec \(0 m \d+ s\)$/),
    expect.stringMatching(/^Start Date: \d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/),
    expect.stringMatching(/^End Date: {3}\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/),
  ]);
  expect((await todokuScan(paths, { infected: true })).out[0]).toBe(`${paths[1]}: Eicar-Test-Signature.UNOFFICIAL FOUND`);
});

it('--allmatch names every signature', async () => {
  const both = await mkdtemp(join(tmpdir(), 'todoku-sigs-'));
  for (const file of await readdir(join(fileURLToPath(new URL('../../../resources/signatures', import.meta.url)))))
    await copyFile(fileURLToPath(new URL(`../../../resources/signatures/${file}`, import.meta.url)), join(both, file));
  const hex = Buffer.from('EICAR-STANDARD').toString('hex');
  await writeFile(join(both, 'second.ndb'), `Second-Name:0:*:${hex}\n`);
  await clamd.restart(both);
  const { out } = await todokuScan([join(tree, 'below/eicar.com')], { allmatch: true });
  expect(
    out
      .slice(0, 2)
      .map((line) => line.replace(/.*: /, ''))
      .sort(),
  ).toEqual(['Eicar-Test-Signature.UNOFFICIAL FOUND', 'Second-Name.UNOFFICIAL FOUND']);
  await clamd.restart();
  await rm(both, { recursive: true });
});

it('--move takes the infected away, under new names where theirs are taken; what is suspicious stays', async () => {
  const away = join(tree, 'away');
  await mkdir(away);
  await writeFile(join(away, 'eicar.com'), 'was here before');
  const { exit } = await todokuScan([tree], { move: away });
  expect(exit).toBe(1);
  expect(await readdir(join(tree, 'below'))).toEqual(['deep', 'loop', 'secret.zip']);
  expect((await readdir(away, { encoding: 'latin1' })).sort()).toEqual([
    'clam.exe',
    'eicar.com',
    'eicar.com.001',
    'eicar.iso',
    'odd.eml',
    '\xff\xfe.com',
  ]);
  expect(await readFile(join(away, 'eicar.com'), 'utf8')).toBe('was here before');
  expect(await readFile(join(away, 'eicar.com.001'), 'latin1')).toBe(eicar);
});

it('--copy leaves it, --remove does not, and two of them are refused', async () => {
  const bad = join(tree, 'below/eicar.com');
  await todokuScan([bad], { copy: join(tree, 'copies') });
  expect(await readFile(join(tree, 'copies/eicar.com'), 'latin1')).toBe(await readFile(bad, 'latin1'));
  expect((await todokuScan([bad], { copy: tree, remove: true })).exit).toBe(2);
  await todokuScan([bad], { remove: true });
  await expect(readFile(bad)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('links are followed only when they are named or asked for, and never in circles; pipes are passed over', async () => {
  expect((await todokuScan([join(tree, 'link.com')])).exit).toBe(1);
  const options = { ...scanOptions(), followLinks: true };
  const summary = await startFolderScan([tree], options).done;
  expect(summary.infected.map(({ path }) => name(path))).toContain('link.com');
  expect(summary.files).toBe(9);
  expect((await todokuScan([join(tree, 'pipe')])).err).toEqual([`ERROR: ${join(tree, 'pipe')}: not a regular file`]);
});

it('larger than clamd takes is an error, not clean', async () => {
  await writeFile(join(tree, 'large'), Buffer.alloc(5_000_001));
  const { exit, out } = await todokuScan([join(tree, 'large')], {}, true);
  expect(exit).toBe(2);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    infected: [],
    errors: [{ path: join(tree, 'large'), reason: expect.stringContaining('larger') }],
  });
});

it('what clamd may not read is sent to it; what we may not read either is an error with its name', async () => {
  const program = await bundleForNode(fileURLToPath(new URL('../../support/scan-child.ts', import.meta.url)));
  await chmod(tree, 0o755);
  await mkdir(join(tree, 'locked'), { mode: 0o700 });
  await chmod(join(tree, 'clean.txt'), 0o600);
  await chmod(clamd.root, 0o755);
  await chmod(clamd.socket, 0o666);
  const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stdout } = spawnSync(process.execPath, [program, clamd.socket, '{}', tree, tree], { ...asNobody, encoding: 'utf8' });
  await rm(program);
  expect(JSON.parse(stdout).errors.map(({ path, reason }: { path: string; reason: string }) => [name(path), reason])).toEqual([
    ['clean.txt', 'permission denied'],
    ['locked', 'permission denied'],
  ]);
  expect(status).toBe(1);
});

it('clamd goes blind in the middle: the run says so, whatever SCAN answered', async () => {
  let blinded = false;
  const scan = startFolderScan([tree], {
    ...scanOptions(),
    onFile: () => {
      if (blinded) return;
      blinded = true;
      execFileSync('rm', ['-r', join(clamd.root, 'tmp')]);
    },
  });
  const { errors } = await scan.done;
  expect(errors.map(({ reason }) => reason).join()).toMatch(/does not find the test virus|temporary/);
  await clamd.restart();
  await made.scanner.ready();
});

it('progress by files and octets, pause, resume, cancel', async () => {
  const many = join(tree, 'many');
  await mkdir(many);
  for (let n = 0; n < 60; n += 1) await writeFile(join(many, `f${n}`), `file ${n}\n`.repeat(1000));
  const seen: ScanProgress[] = [];
  let paused = false;
  const scan = startFolderScan([many], {
    ...scanOptions(),
    onProgress: (progress) => {
      seen.push(progress);
      if (progress.files === 10 && !paused) scan.pause();
      paused = progress.files >= 10;
    },
  });
  while (scan.progress().state !== 'paused') await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(scan.progress()).toMatchObject({ state: 'paused', files: 10, ofFiles: 60 });
  expect(scan.progress().octets).toBeGreaterThan(60_000);
  expect(scan.progress().ofOctets).toBeGreaterThan(scan.progress().octets);
  scan.resume();
  while (scan.progress().files < 20) await new Promise((resolve) => setTimeout(resolve, 1));
  scan.cancel();
  const summary = await scan.done;
  expect(scan.progress().state).toBe('cancelled');
  expect(summary.files).toBeGreaterThanOrEqual(20);
  expect(summary.files).toBeLessThan(60);
  expect(summary.errors).toEqual([]);
  expect(seen.map(({ state }) => state).filter((state, n, all) => state !== all[n - 1])).toEqual([
    'scanning',
    'paused',
    'scanning',
    'cancelled',
  ]);
});

function scanOptions() {
  return {
    id: 'test',
    scanner: made.scanner,
    exclude: [],
    allMatch: false,
    followLinks: false,
    mail: 'auto' as const,
    disposal: { kind: 'none' as const },
    parallel: 1,
  };
}
