// Delivery reports among the mail that is here: the catalog names the candidates, the bounce reader reads each once.
import { readBounce } from '../bounce/bounce.js';
import type { StoredReport } from './bounces.js';
import type { Mail } from './mail.js';

const page = 500;
/** Messages read before others get a turn. */
const turn = 20;

export interface BounceReports {
  /** Reports that arrived at or after `since` (ISO 8601 UTC). */
  since(since: string): Promise<readonly StoredReport[]>;
}

export function openBounceReports(reader: () => Promise<Mail>): BounceReports {
  const known = new Map<string, StoredReport | null>();
  return {
    async since(since) {
      const mail = await reader();
      const found: StoredReport[] = [];
      let unread = 0;
      for (const row of await candidates(mail, since)) {
        let report = known.get(row.id);
        if (report === undefined) {
          report = await readOne(mail, row.id, row.received);
          known.set(row.id, report);
          unread += 1;
          if (unread % turn === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        if (report !== null) found.push(report);
      }
      return found;
    },
  };
}

async function candidates(mail: Mail, since: string): Promise<readonly { readonly id: string; readonly received: string }[]> {
  const rows: { id: string; received: string }[] = [];
  for (let offset = 0; ; offset += page) {
    const next = await mail.calls['message.list']({
      folder: null,
      smart: null,
      search: 'is:bounce',
      filter: 'all',
      sort: 'date',
      descending: true,
      threads: 'flat',
      offset,
      limit: page,
    });
    rows.push(...next.rows.filter(({ received }) => received >= since));
    if (next.rows.length < page) return rows;
  }
}

/** Null: it is no report after all, or it is gone. */
async function readOne(mail: Mail, id: string, when: string): Promise<StoredReport | null> {
  const raw = await mail.readRaw(id).catch(() => null);
  if (raw === null) return null;
  const { kind, reportingMta, recipients, original } = readBounce(raw);
  return kind === null ? null : { message: id, when, account: null, kind, reportingMta, recipients, original };
}
