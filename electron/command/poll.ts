// `todoku poll`: one fetch of every (named) account, told as fetchmail's log tells it, and fetchmail's exit code.
import type { EventName, Events } from '../../shared/contract.js';
import type { FetchReport, FetchStep, TranscriptLine } from '../../shared/fetch.js';
import type { OutboxRow } from '../../shared/outbox.js';
import { exitOfAll } from '../station/fetch-report.js';
import { openStation } from '../station/open.js';
import type { CommandIo } from './io.js';
import { printable } from './messages.js';
import { findAccount } from './office.js';
import { tellFailure } from './tell.js';

export async function pollCommand(names: readonly string[], options: { readonly check: boolean }, io: CommandIo): Promise<number> {
  const running = await openStation({ home: io.home, keyring: null, sample: false, schedule: false, notices: [] });
  try {
    const { accounts } = await running.station['settings.read']({});
    const chosen = names.length === 0 ? accounts.filter(({ enabled }) => enabled) : names.map((name) => findAccount(accounts, name));
    if (chosen.length === 0)
      io.err(io.language === 'ja' ? 'todoku: 受信するアカウントがありません' : 'todoku: there is no account to poll');
    const label = new Map(accounts.map((account) => [account.id, account]));
    if (!io.json) running.subscribe((name, body) => tellEvent(name, body, label, io));
    const reports = (await Promise.all(chosen.map(({ id }) => running.station['fetch.now']({ id, check: options.check })))).flat();
    for (const report of reports) tellReport(report, options.check, io);
    const sent = options.check ? [] : ((await running.send?.()) ?? []);
    for (const row of sent) tellSent(row, io);
    const exit = exitOfAll(reports);
    return exit <= 1 && sent.length > 0 ? sendingExit(sent) : exit;
  } finally {
    await running.close();
  }
}

/** fetchmail's 10 where something could not be handed on. */
function sendingExit(rows: readonly OutboxRow[]): 0 | 10 {
  return rows.every(({ state }) => state === 'sent') ? 0 : 10;
}

/** What the outbox did with one message of ours. */
function tellSent(row: OutboxRow, io: CommandIo): void {
  if (io.json) {
    io.out(JSON.stringify(row));
    return;
  }
  const words = `sending message to ${row.recipients.map(({ address }) => address).join(', ')} (${row.octets} octets)`;
  if (row.state === 'sent') io.out(printable(`${words} sent`));
  else io.err(printable(`${words} not sent: ${row.failure?.message ?? row.state}`));
}

type Labels = ReadonlyMap<string, { readonly user: string; readonly host: string }>;

function tellEvent(name: EventName, body: unknown, label: Labels, io: CommandIo): void {
  if (name === 'account.transcript' && io.verbose) {
    const line = body as TranscriptLine;
    io.err(`${line.time} ${line.side.padEnd(7)} ${line.text}`);
  }
  if (name === 'fetch.step') tellStep(body as Events['fetch.step'], label, io);
}

/** fetchmail: `3 messages (1 seen) for user at host (12345 octets).` and `reading message user@host:1 of 3 (993 octets) delivered`. */
function tellStep(step: FetchStep, label: Labels, io: CommandIo): void {
  const { user = '', host = '' } = label.get(step.account) ?? {};
  if (step.step === 'list' && step.listed !== undefined) {
    const { messages, seen, octets } = step.listed;
    const plural = messages === 1 ? 'message' : 'messages';
    io.out(
      messages === 0 ? `No mail for ${user} at ${host}` : `${messages} ${plural} (${seen} seen) for ${user} at ${host} (${octets} octets)`,
    );
    totals.set(step.account, messages);
  }
  if (step.step === 'record') {
    const word = step.verdict === 'infected' ? 'quarantined' : 'delivered';
    io.out(`reading message ${user}@${host}:${step.number} of ${totals.get(step.account) ?? step.of} (${step.size} octets) ${word}`);
  }
}

const totals = new Map<string, number>();

function tellReport(report: FetchReport, check: boolean, io: CommandIo): void {
  if (io.json) {
    io.out(JSON.stringify(report));
    return;
  }
  for (const note of report.notes) {
    if (note.kind === 'adopted') continue;
    io.err(
      `message ${note.uidl} of ${report.user}@${report.host} (${note.octets} octets): ${note.kind}${note.failure === null ? '' : `: ${note.failure.message}`}`,
    );
  }
  if (report.left > 0) io.out(`fetch limit reached; ${report.left} messages left on server for ${report.user} at ${report.host}`);
  if (report.failure !== null) tellFailure(report.failure, io);
  else if (!check && report.deleted > 0) io.out(`${report.deleted} deleted on ${report.host} for ${report.user}`);
}
