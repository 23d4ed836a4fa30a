// Headers taken apart and bounces, for the window: the readers of trace/ and bounce/ over the messages that are here.
import type Database from 'libsql';
import { dnsLookup, type TxtLookup, verifyDkim } from '../message/dkim.js';
import { headerGroups } from '../trace/groups.js';
import { traceText } from '../trace/text.js';
import { readTrace } from '../trace/trace.js';
import { bounceCalls, type StoredReport } from './bounces.js';
import type { Calls, Context } from './context.js';
import type { Mail } from './mail.js';
import { storedRefusals } from './refusals.js';

export interface InsightDeps extends Context {
  readonly database: Database.Database;
  readonly reader: () => Promise<Mail>;
  readonly reports: (since: string) => Promise<readonly StoredReport[]>;
  readonly language: () => 'en' | 'ja';
  /** Where keys of signers are asked for; DNS without it. */
  readonly lookup?: TxtLookup;
}

export function insightCalls(deps: InsightDeps): Calls<'message.trace' | 'message.dkim' | 'bounce.list' | 'bounce.read'> {
  const { database } = deps;
  const bounces = bounceCalls({
    reports: deps.reports,
    refusals: async (since) => storedRefusals(database, Date.parse(since)),
    async findByMessageId(messageIds) {
      const mail = await deps.reader();
      return new Map(
        messageIds.flatMap((messageId) =>
          mail
            .findIdentifier(messageId)
            .slice(0, 1)
            .map((id) => [messageId, id] as const),
        ),
      );
    },
    readRows: async () => new Set((database.prepare('SELECT id FROM bounce_read').all() as { id: string }[]).map(({ id }) => id)),
    async markRead(ids) {
      const put = database.prepare('INSERT OR IGNORE INTO bounce_read (id) VALUES (?)');
      database.transaction(() => {
        for (const id of ids) put.run(id);
      })();
    },
    changed: () => deps.emit('bounce.changed', {}),
    now: Date.now,
  });
  return {
    ...bounces,
    'message.dkim': async ({ id }) => verifyDkim(await (await deps.reader()).readRaw(id), deps.lookup ?? dnsLookup()),
    async 'message.trace'({ id }) {
      const raw = await (await deps.reader()).readRaw(id);
      const trace = readTrace(raw, { trustedHosts: deps.settings.read().reading.trustedHosts });
      const language = deps.language();
      return { ...trace, groups: headerGroups(raw, language), text: traceText(trace, language) };
    },
  };
}
