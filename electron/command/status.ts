// `todoku status`: accounts, last results, problems. Reads what is on disk, so it works beside a running station.
import { existsSync } from 'node:fs';
import type { FetchReport } from '../../shared/fetch.js';
import { openLedger } from '../station/ledger.js';
import { lockHolder } from '../station/lock.js';
import { problemCount } from '../station/problems.js';
import { countHeld } from '../station/quarantine.js';
import type { CommandIo } from './io.js';
import { withSettings } from './office.js';

export async function statusCommand(io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings, home, secrets }) => {
    const holder = lockHolder(home.root);
    const ledger = existsSync(home.ledger) ? openLedger(home.ledger, holder === null) : null;
    try {
      const reports = ledger?.reports() ?? new Map();
      const accounts = settings.read().accounts.map((account) => ({
        id: account.id,
        name: account.name,
        user: account.user,
        host: account.host,
        enabled: account.enabled,
        secretKnown: secrets.known(account.id, account.secret),
        failures: reports.get(account.id)?.failures ?? 0,
        last: (reports.get(account.id)?.report ?? null) as FetchReport | null,
      }));
      const status = {
        home: home.root,
        running: holder !== null,
        pid: holder?.pid ?? null,
        url: holder?.url ?? null,
        scanner: settings.read().scanner.mode,
        clamd: settings.read().scanner.clamd,
        quarantined: await countHeld(home.quarantine),
        problems: ledger === null ? 0 : problemCount(ledger),
        accounts,
      };
      if (io.json) io.out(JSON.stringify(status));
      else tell(status, io);
      return 0;
    } finally {
      ledger?.close();
    }
  });
}

interface Status {
  readonly home: string;
  readonly pid: number | null;
  readonly url: string | null;
  readonly scanner: string;
  readonly clamd: string;
  readonly quarantined: number;
  readonly problems: number;
  readonly accounts: readonly {
    readonly name: string;
    readonly user: string;
    readonly host: string;
    readonly enabled: boolean;
    readonly secretKnown: boolean;
    readonly last: FetchReport | null;
  }[];
}

function tell(status: Status, io: CommandIo): void {
  io.out(`data folder  ${status.home}`);
  io.out(
    `station      ${status.pid === null ? 'not running' : `running, pid ${status.pid}${status.url === null ? '' : `, ${status.url}`}`}`,
  );
  io.out(`scanner      ${status.scanner}, clamd ${status.clamd}`);
  io.out(`quarantine   ${status.quarantined}`);
  io.out(`problems     ${status.problems}`);
  for (const account of status.accounts) io.out(`account      ${account.name}: ${account.user} at ${account.host}: ${lastOf(account)}`);
}

function lastOf({ enabled, secretKnown, last }: Status['accounts'][number]): string {
  if (!enabled) return 'paused';
  if (last === null) return secretKnown ? 'never fetched' : 'no password';
  const when = `at ${last.started}`;
  return last.failure === null
    ? `${last.delivered} delivered, ${last.quarantined} quarantined ${when}`
    : `failed ${when}: ${last.failure.message}`;
}
