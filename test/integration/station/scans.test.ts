// The window's scan: places by id only, progress, lists, and what was found moved or removed; and the export of held mail.
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportPart, exportPassword } from '../../../electron/station/quarantine-export.js';
import { scanPlaces } from '../../../electron/station/scan-places.js';
import { openScanning } from '../../../electron/station/scanner.js';
import { openScans } from '../../../electron/station/scans.js';
import type { ScanProgress } from '../../../shared/scan.js';
import { settings } from '../../../shared/settings.js';
import { startClamd, type TestClamd, testSignatures } from '../../support/clamd.js';
import { plain, startMirror } from '../../support/mirror.js';
import { eicar, type TestScanner, testScanner, until } from '../../support/scanner.js';

let clamd: TestClamd;
let made: TestScanner;
let root: string;
beforeAll(async () => {
  clamd = await startClamd();
  made = await testScanner({ clamd: `unix:${clamd.socket}` });
  root = await mkdtemp(join(tmpdir(), 'todoku-scans-'));
});
afterAll(async () => {
  await made.close();
  await clamd.stop();
  await rm(root, { recursive: true, force: true });
});

function station() {
  const told: ScanProgress[] = [];
  const home = { mail: join(root, 'mail') };
  const context = {
    home,
    settings: { read: () => settings.parse({}) },
    log: () => {},
    emit: (_: string, progress: ScanProgress) => told.push(progress),
  } as never;
  const places = scanPlaces(context);
  return { places, told, scans: openScans(context, made.scanner, places) };
}

it('a granted folder is scanned, listed, moved and removed; a path is no place', async () => {
  const { places, told, scans } = station();
  const tree = join(root, 'tree');
  await mkdir(join(tree, 'skip'), { recursive: true });
  for (const name of ['a.com', 'b.com', 'skip/c.iso']) await writeFile(join(tree, name), eicar);
  await writeFile(join(tree, 'clean.txt'), 'nothing');
  const plan = { exclude: ['*.iso'], followLinks: false, otherDevices: false };
  await expect(scans.calls['scan.start']({ ...plan, places: [tree] })).rejects.toMatchObject({ code: 'not-found' });
  const place = await places.grant(tree);
  expect(place.id).not.toContain('/');
  const { id } = await scans.calls['scan.start']({ ...plan, places: [place.id] });
  const now = async () => (await scans.calls['scan.read']({})).files;
  await until(async () => (await now())?.state === 'done');
  expect(await now()).toMatchObject({ files: 3, ofFiles: 3, infected: 2, clean: 1, errors: 0, passed: { excluded: 1 } });
  expect(told.map(({ state }) => state)).toEqual(expect.arrayContaining(['scanning', 'done']));
  const { lines } = await scans.calls['scan.list']({ scan: id, list: 'infected', offset: 0, limit: 10 });
  expect(lines.map(({ path }) => path).sort()).toEqual([join(tree, 'a.com'), join(tree, 'b.com')]);
  const [first, second] = lines.map((line) => line.id);
  await mkdir(join(root, 'away'));
  const away = await places.grant(join(root, 'away'));
  const moved = await scans.calls['scan.settle']({ scan: id, lines: [first ?? -1], how: 'move', to: away.id });
  expect(moved.lines).toMatchObject([{ fate: 'moved', failure: null }]);
  expect(await readdir(join(root, 'away'))).toHaveLength(1);
  const removed = await scans.calls['scan.settle']({ scan: id, lines: [second ?? -1], how: 'remove', to: null });
  expect(removed.lines).toMatchObject([{ fate: 'removed' }]);
  expect((await readdir(tree)).sort()).toEqual(['clean.txt', 'skip']);
  expect((await made.scanner.watch()).hosts[0]?.stats).toMatchObject({ maximum: 10 });
  await scans.close();
});

it('pauses, goes on, and is called off', async () => {
  const { places, scans } = station();
  const many = join(root, 'many');
  await mkdir(many);
  for (let n = 0; n < 400; n += 1) await writeFile(join(many, `f${n}`), `file ${n}\n`.repeat(500));
  const plan = { exclude: [], followLinks: false, otherDevices: true };
  const { id } = await scans.calls['scan.start']({ ...plan, places: [(await places.grant(many)).id] });
  const now = async () => (await scans.calls['scan.read']({})).files;
  await until(async () => ((await now())?.files ?? 0) > 5);
  expect((await scans.calls['scan.control']({ scan: id, action: 'pause' })).state).toBe('paused');
  expect((await now())?.left).not.toBeNull();
  await expect(scans.calls['scan.start']({ ...plan, places: ['mail', (await places.grant(many)).id] })).rejects.toMatchObject({
    code: 'conflict',
  });
  await scans.calls['scan.control']({ scan: id, action: 'resume' });
  expect((await scans.calls['scan.control']({ scan: id, action: 'cancel' })).state).toBe('cancelled');
  await scans.close();
});

it('new signatures are loaded, and the mail that is here is scanned again by them, one file at a time', async () => {
  const mirror = await startMirror();
  const threat = 'what nobody knew yesterday';
  mirror.serve('/new.ndb', plain(200, `New-Threat:0:*:${Buffer.from(threat).toString('hex')}\n`));
  const home = await mkdtemp(join(tmpdir(), 'todoku-renewed-'));
  await chmod(home, 0o755);
  const cur = join(home, 'mail', 'a.example', 'joe', 'cur');
  for (const path of [join(home, 'db'), join(home, 'run'), join(home, 'log'), cur]) await mkdir(path, { recursive: true });
  for (const name of await readdir(testSignatures)) await copyFile(join(testSignatures, name), join(home, 'db', name));
  await writeFile(join(cur, '1.a.host:2,S'), `From: a@b.example\nSubject: old\n\n${threat}\n`);
  await writeFile(join(cur, '2.a.host:2,S'), 'From: a@b.example\nSubject: other\n\nhello\n');
  const chosen = settings.parse({
    scanner: { database: join(home, 'db'), clamd: 'auto' },
    signatures: { hour: null, mirror: `${mirror.url}/new.ndb` },
  });
  const scanning = await openScanning({
    home: { root: home, mail: join(home, 'mail'), run: join(home, 'run'), log: join(home, 'log'), quarantine: join(home, 'quarantine') },
    settings: { read: () => chosen },
    log: () => {},
    emit: () => {},
  } as never);
  await scanning.scanner.ready();
  expect((await scanning.signatures.update()).failure).toBeNull();
  const mail = async () => (await scanning.scans.calls['scan.read']({})).mail;
  await until(async () => (await mail())?.state === 'done');
  expect(await mail()).toMatchObject({ files: 2, infected: 1, clean: 1, errors: 0 });
  const { lines } = await scanning.scans.calls['scan.list']({ scan: (await mail())?.id ?? '', list: 'infected', offset: 0, limit: 10 });
  expect(lines).toMatchObject([{ path: join(cur, '1.a.host:2,S'), detail: 'New-Threat.UNOFFICIAL' }]);
  await scanning.close();
  await mirror.stop();
  await rm(home, { recursive: true });
});

it('a held message leaves as .eml in a ZIP with the password, to the octet', async () => {
  const bytes = Buffer.from(`From: a@b.example\n\n${eicar}\xff\x00\n`, 'latin1');
  const path = join(root, 'held');
  await writeFile(path, Buffer.concat([Buffer.from('X-Ours: 1\n'), bytes]));
  const part = await exportPart(async () => ({ path, headOctets: 10 }), 'held-abcdef', 'all');
  const zip: Uint8Array[] = [];
  for await (const chunk of part?.body ?? []) zip.push(chunk);
  await writeFile(join(root, 'held.zip'), Buffer.concat(zip));
  const script =
    'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); sys.stdout.buffer.write(z.read(z.namelist()[0], sys.argv[2].encode()))';
  const out = execFileSync('python3', ['-c', script, join(root, 'held.zip'), exportPassword]);
  expect(out.equals(bytes)).toBe(true);
  expect(() => execFileSync('python3', ['-c', script, join(root, 'held.zip'), 'wrong'], { stdio: 'pipe' })).toThrow();
  expect((await readFile(join(root, 'held.zip'))).includes('EICAR-STANDARD')).toBe(false);
  await expect(exportPart(async () => null, 'held-gone', 'all')).rejects.toMatchObject({ code: 'not-found' });
});
