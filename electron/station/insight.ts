// Headers taken apart and bounces, for the window: the readers of trace/ and bounce/ over the messages that are here.
import type Database from 'libsql';
import { dnsLookup, type TxtLookup, verifyDkim } from '../message/dkim.js';
import { headerGroups } from '../trace/groups.js';
import { traceText } from '../trace/text.js';
import { readTrace } from '../trace/trace.js';
import { type BounceDeps, bounceCalls, type StoredReport } from './bounces.js';
import type { CatalogReport } from './catalog-reports.js';
import type { Calls, Context } from './context.js';
import type { Mail } from './mail.js';
import { storedRefusals } from './refusals.js';

export interface InsightDeps extends Context {
  readonly database: Database.Database;
  readonly reader: () => Promise<Mail>;
  readonly language: () => 'en' | 'ja';
  /** Where keys of signers are asked for; DNS without it. */
  readonly lookup?: TxtLookup;
}

export function insightCalls(deps: InsightDeps): Calls<'message.trace' | 'message.dkim' | 'bounce.list' | 'bounce.read'> {
  return {
    ...bounceCalls(bounceDeps(deps)),
    'message.dkim': async ({ id }) => verifyDkim(await (await deps.reader()).readRaw(id), deps.lookup ?? dnsLookup()),
    async 'message.trace'({ id }) {
      const raw = await (await deps.reader()).readRaw(id);
      const trace = readTrace(raw, { trustedHosts: deps.settings.read().reading.trustedHosts });
      const language = deps.language();
      return { ...trace, groups: headerGroups(raw, language), text: traceText(trace, language) };
    },
  };
}

/** Reports come from the catalog, refusals and what was read from the ledger. */
export function bounceDeps({ database, reader, emit }: Pick<InsightDeps, 'database' | 'reader' | 'emit'>): BounceDeps {
  return {
    reports: async (since) => (await reader()).reports.since(Date.parse(since)).flatMap(storedReport),
    refusals: async (since) => storedRefusals(database, Date.parse(since)),
    findByMessageId: async (messageIds) => (await reader()).reports.originals(messageIds),
    readRows: async () => new Set((database.prepare('SELECT id FROM bounce_read').all() as { id: string }[]).map(({ id }) => id)),
    async markRead(ids) {
      const put = database.prepare('INSERT OR IGNORE INTO bounce_read (id) VALUES (?)');
      database.transaction(() => {
        for (const id of ids) put.run(id);
      })();
    },
    changed: () => emit('bounce.changed', {}),
    now: Date.now,
  };
}

function storedReport({ id, received, report }: CatalogReport): StoredReport[] {
  const { kind, reportingMta, recipients, original } = report;
  return kind === null
    ? []
    : [{ message: id, when: new Date(received).toISOString(), account: null, kind, reportingMta, recipients, original }];
}
