// A station's outbox on a home, without the rest of the station: what is sent and killed in tests.
import type Database from 'libsql';
import { makeHome } from '../../electron/station/home.js';
import { openLedger } from '../../electron/station/ledger.js';
import { openMailOnDemand } from '../../electron/station/mail-on-demand.js';
import { openAccountOutbox } from '../../electron/station/outbox-open.js';
import { fallbackAddress, mailboxFor } from '../../electron/station/router.js';
import { openSecrets } from '../../electron/station/secrets.js';
import { openSettings } from '../../electron/station/settings.js';

export async function openSender(root: string, watched: (database: Database.Database) => Database.Database = (database) => database) {
  const home = await makeHome(root);
  const emit = () => undefined;
  const settings = openSettings(home, emit);
  const context = { home, settings, log: () => undefined, emit };
  const secrets = openSecrets(home, null);
  const ledger = openLedger(home.ledger);
  const mail = openMailOnDemand(context, { home: root, keyring: null, sample: false, schedule: false, notices: [] });
  const router = { settings: settings.read, mailFolder: home.mail, host: 'test.invalid' };
  const outbox = await openAccountOutbox({
    ...context,
    database: watched(ledger.database),
    secrets,
    mail,
    schedule: false,
    maildirOf: (account) => mailboxFor(router, fallbackAddress(account))?.maildir ?? null,
  });
  return {
    outbox,
    async close() {
      await outbox.close();
      await mail.close();
      ledger.close();
    },
  };
}
