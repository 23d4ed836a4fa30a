// The outbox of the station's accounts: where their copies and drafts lie, and what is marked when a message has gone.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { findByKey, keepMessage } from '../maildir/keep.js';
import { ownFolder } from '../maildir/own-folder.js';
import type { Context } from './context.js';
import type { MailOnDemand } from './mail-on-demand.js';
import { roleOf } from './mailboxes.js';
import { type Outbox, openOutbox } from './outbox.js';
import { outboxKey } from './outbox-file.js';
import { openOutboxRows } from './outbox-rows.js';
import type { Secrets } from './secrets.js';
import { sendingOptions } from './sending-options.js';

export interface AccountOutboxDeps extends Context {
  readonly database: Database.Database;
  readonly secrets: Secrets;
  readonly mail: Pick<MailOnDemand, 'reader' | 'arrived' | 'calls'>;
  readonly schedule: boolean;
  /** The account's own mailbox; null where it has none here. */
  readonly maildirOf: (account: Account) => string | null;
}

export function openAccountOutbox(deps: AccountOutboxDeps): Promise<Outbox> {
  const accountOf = (id: string) => deps.settings.read().accounts.find((account) => account.id === id);
  return openOutbox({
    ...deps,
    rows: openOutboxRows(deps.database),
    optionsOf: async (id) => sendingOptions(accountOf(id), deps.secrets),
    async fileCopy(folder, id, path) {
      const key = outboxKey(id);
      if ((await findByKey(folder, key)) !== null) return;
      deps.mail.arrived(join(folder, await keepMessage(folder, key, 'S', createReadStream(path))));
    },
    async toDraft(row, path) {
      const account = accountOf(row.account);
      const maildir = account === undefined ? null : deps.maildirOf(account);
      if (maildir === null) throw new MailError('not-found', 'the account of this message has no mailbox here', false);
      const folder = await ownFolder(maildir, 'drafts', roleOf);
      // Done again after a crash, it is the same draft.
      const key = outboxKey(`draft\0${row.id}`);
      const file = (await findByKey(folder, key)) ?? (await keepMessage(folder, key, 'DS', createReadStream(path)));
      return (await deps.mail.reader()).arrived(join(folder, file));
    },
    async marked({ messageId, flag }) {
      const reader = await deps.mail.reader();
      let ids = reader.findIdentifier(messageId);
      if (ids.length === 0) {
        // A catalog that was just opened may not have come to it yet.
        await reader.settled();
        ids = reader.findIdentifier(messageId);
      }
      if (ids.length > 0) await deps.mail.calls['message.flag']({ ids: [...ids], flag, on: true });
    },
  });
}
