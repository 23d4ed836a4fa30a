// A data folder as this version leaves it behind: settings, ledger, catalog and mail. Kept in test/fixture/upgrade for each release.
import { type SampleServer, startSampleServer } from '../../electron/sample/pop3-server.js';
import { openStation } from '../../electron/station/open.js';
import { account } from '../../shared/account.js';

export const subjects = ['first letter', '見積書', 'third letter'];

const mailFor = (subject: string, index: number): Buffer =>
  Buffer.from(
    `From: Omar <omar@delivery.example>\r\nTo: ayumi@mori.example\r\nSubject: ${subject}\r\nMessage-ID: <upgrade-${index}@delivery.example>\r\nDate: Mon, 6 May 2024 10:0${index}:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nText of ${subject}.\r\n`,
  );

/** The maildrop that the folder was fetched from; `more` subjects lie behind the known ones. */
export function upgradeServer(more: readonly string[] = []): Promise<SampleServer> {
  return startSampleServer([{ user: 'ayumi', password: 'sample', messages: [...subjects, ...more].map(mailFor) }]);
}

export async function makeUpgradeHome(home: string): Promise<void> {
  const server = await upgradeServer();
  const running = await openStation({ home, keyring: null, sample: false, schedule: false, notices: [] });
  const { station } = running;
  const { scanner } = await station['settings.read']({});
  await station['settings.write']({ language: 'ja', fontSize: 15, scanner: { ...scanner, mode: 'off', quarantineDays: 30 } });
  const routing = await station['route.read']({});
  await station['route.write']({
    ...routing,
    domains: ['mori.example'],
    mailboxes: [{ address: 'ayumi@mori.example', path: 'mori.example/ayumi/', limit: null }],
    aliases: [{ from: 'info@mori.example', to: ['ayumi@mori.example'] }],
  });
  await station['account.save']({
    account: account.parse({
      ...{ id: 'work', name: '仕事', host: '127.0.0.1', port: server.port, security: 'none', user: 'ayumi', secret: { kind: 'file' } },
      drop: { kind: 'singledrop', to: ['ayumi@mori.example'] },
    }),
    secret: 'sample',
    sendingSecret: null,
  });
  await station['fetch.now']({ id: null, check: false });
  await running.close();
  await server.close();
  // Once more, so that the catalog is what a closed station leaves.
  const again = await openStation({ home, keyring: null, sample: false, schedule: true, notices: [] });
  while ((await again.station['message.list'](whole)).total < subjects.length) await new Promise((resolve) => setTimeout(resolve, 50));
  await again.close();
}

/** All messages of all mailboxes. */
export const whole = {
  ...{ folder: null, smart: null, search: '', filter: 'all' as const, sort: 'date' as const, descending: false, threads: 'flat' as const },
  ...{ offset: 0, limit: 100 },
};
