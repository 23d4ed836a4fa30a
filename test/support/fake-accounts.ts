// Five accounts in five states, and what the station says of itself, for looking at the window.
import { account } from '../../shared/account.js';
import type { FetchReport } from '../../shared/fetch.js';
import type { AccountState, Hourly, LogLine, ScannerState, SignaturesState, StationStatus } from '../../shared/station.js';

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

function report(id: string, name: string, host: string, change: Partial<FetchReport> = {}): FetchReport {
  return {
    account: id,
    name,
    user: 'ayumi',
    host,
    started: minutes(-2),
    milliseconds: 1840,
    messages: 46,
    octets: 1_204_331,
    seen: 40,
    delivered: 5,
    adopted: 0,
    quarantined: 1,
    refused: 0,
    deferred: 0,
    parked: 0,
    oversized: 0,
    deleted: 5,
    left: 0,
    verdicts: { clean: 5, infected: 1 },
    exit: 0,
    failure: null,
    notes: [],
    ...change,
  };
}

function state(id: string, name: string, host: string, change: Partial<AccountState>): AccountState {
  const settings = account.parse({ id, name, host, port: 995, user: 'ayumi', drop: { kind: 'singledrop', to: ['ayumi@mori.example'] } });
  return {
    account: settings,
    secretKnown: true,
    state: 'waiting',
    step: null,
    last: report(id, name, host),
    next: minutes(1.7),
    failures: 0,
    deliveredToday: 12,
    ...change,
  };
}

export function makeAccounts(): AccountState[] {
  const multidrop = account.parse({
    id: 'kumiai',
    name: 'Kumiai catch-all',
    host: 'pop.kumiai.example',
    port: 110,
    security: 'starttls',
    user: 'all@kumiai.example',
    drop: { kind: 'multidrop', localDomains: ['kumiai.example'] },
    fetch: { retention: { kind: 'delete' } },
  });
  return [
    state('kaze-net', 'Kaze-net', 'pop.kaze-net.example', {
      state: 'fetching',
      next: null,
      step: {
        account: 'kaze-net',
        run: 7,
        step: 'scan',
        uidl: 'UID12-4F1c',
        message: 12,
        of: 40,
        octets: 402_113,
        ofOctets: 1_204_331,
        milliseconds: 3210,
      },
    }),
    { ...state('kumiai', 'Kumiai catch-all', 'pop.kumiai.example', {}), account: multidrop },
    state('daigaku', 'Daigaku', 'mail.daigaku.example', {
      state: 'failed',
      failures: 3,
      next: minutes(24),
      last: report('daigaku', 'Daigaku', 'mail.daigaku.example', {
        exit: 3,
        delivered: 0,
        failure: {
          code: 'auth',
          message: 'the server refused the password',
          temporary: false,
          account: 'Daigaku',
          step: 'login',
          host: 'mail.daigaku.example',
          user: 'ayumi',
          said: 'Authentication failed.',
        },
      }),
    }),
    state('fastline', 'Fastline', 'imap.fastline.example', {
      account: account.parse({
        id: 'fastline',
        name: 'Fastline',
        protocol: 'imap',
        host: 'imap.fastline.example',
        port: 993,
        user: 'ayumi',
        source: false,
        drop: { kind: 'singledrop', to: ['ayumi@mori.example'] },
      }),
      state: 'needs-secret',
      secretKnown: false,
      next: null,
      last: null,
    }),
    state('old-isp', 'Old ISP', 'pop.old-isp.example', { state: 'paused', next: null, deliveredToday: 0 }),
  ];
}

export function makeScanner(): ScannerState {
  return {
    mode: 'required',
    state: 'ready',
    where: '/run/clamav/clamd.ctl',
    managed: false,
    pid: 812,
    memory: 1_112_000_000,
    engine: 'ClamAV 1.4.6',
    database: '27813',
    databaseDate: minutes(-60 * 50),
    canary: minutes(-4),
    queued: 0,
    scanning: 1,
    failure: null,
  };
}

export function makeSignatures(): SignaturesState {
  return {
    state: 'fresh',
    databases: [
      { name: 'main', version: 63, built: minutes(-60 * 24 * 60), signatures: 6_647_427 },
      { name: 'daily', version: 27813, built: minutes(-60 * 50), signatures: 2_076_221 },
      { name: 'bytecode', version: 339, built: minutes(-60 * 24 * 400), signatures: 80 },
    ],
    lastRun: minutes(-60 * 9),
    nextRun: minutes(60 * 15),
    coolDownUntil: null,
    progress: null,
    log: ['daily.cld database is up-to-date (version: 27813)', 'main.cvd database is up-to-date (version: 63)'],
    failure: null,
  };
}

export function makeStatus(counts: Pick<StationStatus, 'unread' | 'quarantined' | 'problems' | 'bounces'>): StationStatus {
  return {
    version: '0.1.0',
    home: '~/.local/share/todoku',
    pid: 4711,
    started: minutes(-60 * 30),
    sample: false,
    paused: false,
    pausedUntil: null,
    scanner: makeScanner(),
    signatures: makeSignatures(),
    next: minutes(1.7),
    ...counts,
    indexing: null,
    notices: [{ kind: 'evaluation-runtime', text: 'old runtime' }],
  };
}

export function makeHours(hours: number): readonly Hourly[] {
  return Array.from({ length: hours }, (_, index) => {
    const busy = Math.round(6 + 5 * Math.sin(index / 3.5) + ((index * 7) % 5));
    return {
      hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - (hours - 1 - index) * 3_600_000).toISOString(),
      delivered: busy,
      octets: busy * 31_000,
      verdicts: {
        clean: busy,
        ...(index % 7 === 3 ? { infected: 1 } : {}),
        ...(index % 5 === 2 ? { suspicious: 2 } : {}),
        ...(index % 11 === 6 ? { 'not-scanned': 3 } : {}),
      },
      scanMedian: 6 + (index % 4),
      scanP95: 22 + (index % 9) * 3,
      failures: index % 8 === 5 ? 1 : 0,
    };
  });
}

export function makeLog(): readonly LogLine[] {
  const line = (level: LogLine['level'], account: string | null, text: string, index: number): LogLine => ({
    time: minutes(-index * 0.4),
    level,
    account,
    text,
  });
  return [
    line('info', 'kaze-net', 'reading message ayumi@pop.kaze-net.example:12 of 40 (31020 octets)', 1),
    line('info', 'kaze-net', '40 messages (28 seen) for ayumi at pop.kaze-net.example (1204331 octets)', 2),
    line('warn', 'daigaku', 'the server refused the password (3 times); next attempt in 24 minutes', 3),
    line('info', null, 'scanner: canary found by /run/clamav/clamd.ctl', 5),
    line('error', 'kumiai', 'message UID-99 parked after 3 attempts: the server answered -ERR', 9),
    line('info', null, 'station started, version 0.1.0', 60),
  ];
}
