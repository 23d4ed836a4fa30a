// A data folder with one account on the sample's POP3 server, as a person would have made it; no face has been started on it yet.
import { join } from 'node:path';
import { type SampleServer, startSampleServer } from '../../electron/sample/pop3-server.js';
import type { OpenStation, RunningStation } from '../../electron/station/context.js';
import { type AccountInput, account } from '../../shared/account.js';
import type { SettingsInput } from '../../shared/settings.js';
import { root, temporaryHome } from './launch.js';

export interface PreparedHome {
  readonly home: string;
  readonly server: SampleServer;
  deposit(subject: string): void;
  close(): Promise<void>;
}

export const mailFor = (subject: string): Buffer =>
  Buffer.from(
    `From: Omar <omar@delivery.example>\r\nTo: ayumi@mori.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replace(/\W/g, '-')}@delivery.example>\r\n\r\nText of ${subject}.\r\n`,
  );

/** Nothing is scanned: what stands around the station is tested here. */
export async function prepareHome(
  subjects: readonly string[],
  more: Partial<AccountInput> = {},
  look: Pick<SettingsInput, 'language' | 'theme'> = {},
): Promise<PreparedHome> {
  const place = temporaryHome();
  const server = await startSampleServer([{ user: 'ayumi', password: 'sample', messages: subjects.map(mailFor) }]);
  await makeAccount(place.home, more, server.port, look);
  return {
    home: place.home,
    server,
    deposit: (subject) => server.deposit('ayumi', mailFor(subject)),
    close: async () => {
      await server.close();
      place.remove();
    },
  };
}

/** A data folder with an account whose folders on this IMAP server are shown. */
export async function prepareImapHome(port: number): Promise<{ readonly home: string; remove(): void }> {
  const place = temporaryHome();
  await makeAccount(place.home, { protocol: 'imap', source: false }, port);
  return place;
}

async function makeAccount(
  home: string,
  change: Partial<AccountInput>,
  port: number,
  look: Pick<SettingsInput, 'language' | 'theme'> = {},
): Promise<void> {
  const running = await openBuilt({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const { station } = running;
  const settings = await station['settings.read']({});
  await station['settings.write']({ ...changeable(settings), ...look, scanner: { ...settings.scanner, mode: 'off' } });
  await station['account.save']({
    account: account.parse({
      id: 'work',
      name: 'Work',
      host: '127.0.0.1',
      port,
      security: 'none',
      user: 'ayumi',
      secret: { kind: 'file' },
      drop: { kind: 'singledrop', to: ['ayumi@mori.example'] },
      ...change,
    }),
    secret: 'sample',
    sendingSecret: null,
  });
  await running.close();
}

type Settings = Awaited<ReturnType<RunningStation['station']['settings.read']>>;

function changeable({ version: _version, accounts: _accounts, routing: _routing, ...rest }: Settings) {
  return rest;
}

/** The station as built: what the faces run. */
async function openBuilt(options: OpenStation): Promise<RunningStation> {
  const built = (await import(join(root, 'out', 'main', 'station.js'))) as { openStation(options: OpenStation): Promise<RunningStation> };
  return built.openStation(options);
}
