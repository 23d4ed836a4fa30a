// The small parts: gate, endpoints, clamd.conf, STATS, heads of databases, cool-down.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { confSize, readConf, writeConf } from '../../../electron/scanner/conf.js';
import { readCoolDown } from '../../../electron/scanner/cool-down.js';
import { readHead } from '../../../electron/scanner/cvd.js';
import { describeEndpoint, parseEndpoints } from '../../../electron/scanner/endpoint.js';
import { versionParts } from '../../../electron/scanner/exchange.js';
import { freshclamConf } from '../../../electron/scanner/freshclam.js';
import { openGate } from '../../../electron/scanner/gate.js';
import { readStats } from '../../../electron/scanner/stats.js';
import { scannerSettings } from '../../../shared/settings.js';

it('endpoints', () => {
  expect(parseEndpoints('unix:/run/a b.sock')).toEqual([{ kind: 'unix', path: '/run/a b.sock' }]);
  expect(parseEndpoints('tcp:a.example:3310,b.example:3311').map(describeEndpoint)).toEqual(['a.example:3310', 'b.example:3311']);
  expect(parseEndpoints('tcp:a:3310, tcp:[::1]:3310').map(describeEndpoint)).toEqual(['a:3310', '[::1]:3310']);
  for (const bad of ['tcp:a', 'tcp:a:0', 'tcp:a:99999', 'tcp:a:3310,']) expect(() => parseEndpoints(bad)).toThrow(/does not name a clamd/);
});

it('clamd.conf is read: quotes, repeats, comments, sizes', () => {
  const conf = readConf('# x\nLocalSocket "/run/a b.ctl"\nTCPAddr 127.0.0.1\nTCPAddr ::1\n\nStreamMaxLength 25M\n');
  expect(conf.get('LocalSocket')).toEqual(['/run/a b.ctl']);
  expect(conf.get('TCPAddr')).toEqual(['127.0.0.1', '::1']);
  expect([confSize('25M'), confSize('1k'), confSize('7'), confSize('x'), confSize(undefined)]).toEqual([26_214_400, 1024, 7, null, null]);
});

it('clamd.conf is written: what is over a limit is said, and no zip member is cut below the limit that tells', () => {
  const settings = scannerSettings.parse({ streamLimit: 1_000_000, timeout: 10 });
  const conf = readConf(writeConf({ socket: '/s', temporary: '/t', database: '/d', settings, root: false }));
  const of = (name: string) => conf.get(name)?.[0];
  expect([of('AlertExceedsMax'), of('AlertEncrypted'), of('AlertOLE2Macros'), of('Foreground'), of('User')]).toEqual([
    'yes',
    'yes',
    'yes',
    'yes',
    undefined,
  ]);
  expect(Number(of('StreamMaxLength'))).toBeGreaterThan(1_000_000);
  expect(Number(of('MaxFileSize'))).toBeGreaterThan(Number(of('MaxScanSize')));
  expect(Number(of('MaxScanTime'))).toBeLessThan(10_000);
  const huge = readConf(
    writeConf({ socket: '/s', temporary: '/t', database: '/d', settings: { ...settings, streamLimit: 9e9 }, root: true }),
  );
  expect(Number(huge.get('MaxFileSize')?.[0])).toBeLessThan(2 ** 31);
  expect(huge.get('User')).toEqual(['root']);
  expect([...conf.values(), ...huge.values()].flat().join()).not.toContain('{{');
});

it('VERSION', () => {
  expect(versionParts('ClamAV 1.4.6/27813/Mon Nov 23 09:28:47 2026')).toEqual({
    engine: 'ClamAV 1.4.6',
    database: '27813',
    databaseDate: '2026-11-23T09:28:47.000Z',
  });
  expect(versionParts('ClamAV 1.4.6')).toEqual({ engine: 'ClamAV 1.4.6', database: null, databaseDate: null });
});

it('STATS', () => {
  const said =
    'POOLS: 1\n\nSTATE: VALID PRIMARY\nTHREADS: live 3  idle 1 max 12 idle-timeout 30\nQUEUE: 2 items\n\tINSTREAM 0.105 instream\n\tIDLE 1.047\n\tSTATS 0.000098\n\nMEMSTATS: heap 4.500M mmap 0.000M used 3.201M free 1.300M releasable 0.127M pools 1 pools_used 0.9M pools_total 1.0M\nEND';
  expect(readStats(said)).toEqual({
    state: 'VALID PRIMARY',
    live: 3,
    idle: 1,
    maximum: 12,
    queue: 2,
    tasks: [{ what: 'INSTREAM instream', seconds: 0.105 }],
    heap: 4_718_592,
    poolsUsed: 943_718,
    poolsTotal: 1_048_576,
  });
  expect(readStats('')).toMatchObject({ live: 0, heap: null });
});

it('heads of databases', () => {
  expect(readHead('ClamAV-VDB:16 Sep 2021 08-32 -0400:62:6647427:90:md5:sig:sigmgr:1631795562')).toEqual({
    version: 62,
    signatures: 6_647_427,
    built: '2021-09-16T12:32:42.000Z',
  });
  expect(readHead('ClamAV-VDB:16 Sep 2021 08-32 -0400:62:6647427:90:md5:sig:sigmgr')?.built).toBe('2021-09-16T12:32:00.000Z');
  expect(readHead('ClamAV-VDB:::::')).toEqual({ version: null, signatures: null, built: null });
  expect(readHead('something else')).toBeNull();
});

it('freshclam.dat as freshclam 1.4.6 wrote it after a 403', () => {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-dat-'));
  const hex =
    '4672657368436c616d446174610100000034643166633465352d313138392d343163362d623565642d3666616664626331356236660000000000000000a05e066b'.concat(
      '00'.repeat(28),
    );
  writeFileSync(join(folder, 'freshclam.dat'), Buffer.from(hex, 'hex'));
  const until = new Date('2026-11-25T04:05:52Z');
  expect(readCoolDown(folder, until.getTime() - 1000)).toEqual(until);
  expect(readCoolDown(folder, until.getTime() + 1000)).toBeNull();
  writeFileSync(join(folder, 'freshclam.dat'), 'FreshClamData');
  expect(readCoolDown(folder)).toBeNull();
  expect(readCoolDown('/nowhere')).toBeNull();
  rmSync(folder, { recursive: true });
});

it('freshclam.conf: ClamAV’s own service, a private mirror, or single files', () => {
  const conf = (mirror: string | null) =>
    freshclamConf({ program: '', folder: '/d', logFile: '/l', confFile: '/c', mirror, patience: 60, attempts: 3 }, null);
  expect(conf(null)).toContain('DatabaseMirror database.clamav.net');
  expect(conf('https://mirror.example')).toContain('PrivateMirror https://mirror.example\nScriptedUpdates no');
  expect(conf('https://a/x.hdb, https://a/y.ndb')).toContain('DatabaseCustomURL https://a/x.hdb\nDatabaseCustomURL https://a/y.ndb');
});

it('the gate: in order, as wide as it is, and those who leave the queue do not take a turn', async () => {
  const gate = openGate(1);
  const order: string[] = [];
  const first = await gate.enter();
  const off = new AbortController();
  const gone = gate.enter(off.signal).catch(() => order.push('gone'));
  const second = gate.enter().then((leave) => {
    order.push('second');
    leave();
  });
  expect([gate.running, gate.waiting]).toEqual([1, 2]);
  off.abort();
  await gone;
  first();
  first();
  await second;
  expect(order).toEqual(['gone', 'second']);
  expect([gate.running, gate.waiting]).toEqual([0, 0]);
});
