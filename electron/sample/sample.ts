// The sample station: a POP3 server with some forty messages, three accounts, two virtual domains, and a private
// clamd with the bundled test signatures.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { account as accountSchema } from '../../shared/account.js';
import type { CallParsed } from '../../shared/contract.js';
import type { FetchReport } from '../../shared/fetch.js';
import { routing as routingSchema, type ScannerSettings, type Settings, settings as settingsSchema } from '../../shared/settings.js';
import type { Notice } from '../../shared/station.js';
import { resourcesFolder } from '../scanner/resources.js';
import type { RunningStation } from '../station/context.js';
import { homePaths } from '../station/home.js';
import { openStation } from '../station/open.js';
import { packageRoot } from '../web/root.js';
import { loadMaildrops, type SampleMaildrop } from './maildrops.js';
import { startSampleServer } from './pop3-server.js';

type SampleAccount = Pick<CallParsed<'account.save'>, 'account' | 'secret'>;

/** What a station needs to be the sample. */
export interface Sample {
  readonly accounts: readonly SampleAccount[];
  /** What settings.json says before the station opens. */
  readonly settings: Settings;
  /** Stops the POP3 server. */
  stop(): Promise<void>;
}

export interface OpenedSample {
  readonly running: RunningStation;
  /** The one line, when the first fetch of all accounts has ended. */
  readonly fetched: Promise<string>;
  stop(): Promise<void>;
}

/** Listens on a free port of the loopback. */
export async function startSample(): Promise<Sample> {
  const maildrops = loadMaildrops(join(packageRoot(), 'resources', 'sample'));
  const server = await startSampleServer(maildrops);
  return {
    accounts: maildrops.map((maildrop) => ({ account: accountFor(maildrop, server.port), secret: maildrop.password })),
    settings: settingsSchema.parse({ routing: sampleRouting, scanner: { database: join(resourcesFolder(), 'signatures') } }),
    stop: () => server.close(),
  };
}

/** A station in `home` that is the sample, already fetching. */
export async function openSample(home: string, notices: readonly Notice[]): Promise<OpenedSample> {
  const sample = await startSample();
  try {
    await writeFile(homePaths(home).settings, JSON.stringify(sample.settings, null, 2), { mode: 0o600 });
    const running = await openStation({ home, keyring: null, sample: true, schedule: true, notices: [sampleNotice, ...notices] });
    return { running, fetched: fetchSample(running, sample), stop: sample.stop };
  } catch (error) {
    await sample.stop();
    throw error;
  }
}

async function fetchSample(running: RunningStation, sample: Sample): Promise<string> {
  const { station, home } = running;
  let delivered = 0;
  running.subscribe((name, body) => {
    if (name === 'fetch.report') delivered += (body as FetchReport).delivered;
  });
  await scanWhatCanBeScanned(station, sample.settings.scanner);
  for (const { account, secret } of sample.accounts) await station['account.save']({ account, secret, sendingSecret: null });
  await station['fetch.now']({ id: null, check: false });
  const { quarantined, problems } = await station['status.read']({});
  return `sample ready: ${delivered} delivered, ${quarantined} quarantined, ${problems} problems; data in ${home.root}`;
}

/** Without ClamAV on this machine the sample delivers unscanned mail, and says so. */
async function scanWhatCanBeScanned(station: RunningStation['station'], scanner: ScannerSettings): Promise<void> {
  let { state } = (await station['status.read']({})).scanner;
  for (let waited = 0; state === 'starting' && waited < 200; waited += 1) {
    await pause(100);
    ({ state } = (await station['status.read']({})).scanner);
  }
  if (state !== 'missing') return;
  await station['settings.write']({ scanner: { ...scanner, mode: 'optional' } });
  console.error('ClamAV is not installed: nothing in this sample is scanned.');
}

const sampleNotice: Notice = { kind: 'sample', text: 'This is the sample station. Nothing here is real, and it is thrown away.' };

const sampleRouting = routingSchema.parse({
  domains: ['mori.example', 'kumiai.example'],
  localDomain: 'mori.example',
  mailboxes: ['ayumi@mori.example', 'maya@kumiai.example', 'info@kumiai.example', 'postmaster@kumiai.example'].map((address) => ({
    address,
    path: `${address.replace(/^(.*)@(.*)$/, '$2/$1')}/`,
  })),
  aliases: [
    { from: 'webmaster@kumiai.example', to: ['maya@kumiai.example'] },
    { from: 'info@mori.example', to: ['ayumi@mori.example'] },
  ],
  postmaster: 'postmaster@kumiai.example',
});

const names: Readonly<Record<string, { readonly name: string; readonly address: string }>> = {
  mori: { name: 'Ayumi (mori.example)', address: 'ayumi@mori.example' },
  maya: { name: 'Maya (kumiai.example)', address: 'maya@kumiai.example' },
  kumiai: { name: 'All of kumiai.example', address: 'postmaster@kumiai.example' },
};

function accountFor({ id, user }: SampleMaildrop, port: number): SampleAccount['account'] {
  const { name, address } = names[id] ?? { name: id, address: user };
  const drop =
    id === 'kumiai' ? { kind: 'multidrop' as const, localDomains: ['kumiai.example'] } : { kind: 'singledrop' as const, to: [address] };
  return accountSchema.parse({
    id,
    name,
    host: '127.0.0.1',
    port,
    security: 'none',
    user,
    secret: { kind: 'file' },
    drop,
    identities: [{ name, address }],
  });
}
