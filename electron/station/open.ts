// Open a station: lock, settings, ledger, scanner, catalog, schedule, and the contract over them. The one place where they are joined.
import { hostname } from 'node:os';
import type { Account } from '../../shared/account.js';
import type { EmitEvent, EventName, Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { accountCalls } from './accounts.js';
import { openBounceLedger } from './bounce-ledger.js';
import { countUnread } from './bounces.js';
import { openBouncesOut } from './bounces-out.js';
import { openCompose } from './compose.js';
import type { Context, OpenStation, RunningStation } from './context.js';
import { doctorCalls } from './doctor.js';
import { makeHome } from './home.js';
import { imapOptions } from './imap-login.js';
import { importCalls } from './import-calls.js';
import { bounceDeps, insightCalls } from './insight.js';
import { openLedger } from './ledger.js';
import { takeLock } from './lock.js';
import { openLog } from './log.js';
import { openMailOnDemand } from './mail-on-demand.js';
import { findMailboxes } from './mailboxes.js';
import { openOnward } from './onward.js';
import { openOnwardLedger } from './onward-ledger.js';
import { bounceWay, onwardLogin, openAppendTo } from './onward-targets.js';
import { openAccountOutbox } from './outbox-open.js';
import { openOutboxRows } from './outbox-rows.js';
import { openPoller, type Poller } from './poller.js';
import { problemCalls, problemCount, sweepProblems } from './problems.js';
import { countHeld, placeOfHeld, quarantineCalls, sweepHeld } from './quarantine.js';
import { exportPart } from './quarantine-export.js';
import { refusalPolicy } from './refusals.js';
import { rehearsalCalls } from './rehearsal.js';
import { accountRouter, deliversOnce, fallbackAddress, mailboxFor } from './router.js';
import { routeCalls } from './routes.js';
import { runAccount } from './runs.js';
import { openScanning, scannerCalls } from './scanner.js';
import { openSecrets } from './secrets.js';
import { openSettings } from './settings.js';
import { openSource } from './sources.js';
import { openStatistics } from './statistics.js';
import { statusCalls } from './status.js';
import { openTranscripts } from './transcripts.js';

export { MailError };

/** Milliseconds between two looks at what is held too long. */
const hour = 3_600_000;
/** Between two looks at bounces that wait; a run's own go at its end. */
const bounceEvery = 60_000;

/**
 * Opens the station on a data folder. Throws MailError `locked`, `settings-newer`, `settings-corrupt`, `ledger-newer`; the lock
 * is free again then. With `schedule` it polls by itself; without, only when asked.
 */
export async function openStation(options: OpenStation): Promise<RunningStation> {
  const home = await makeHome(options.home);
  const lock = takeLock(home.root);
  try {
    return await assemble(options, home, () => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Days whose bounces the status counts. */
const bounceDays = 30;

async function assemble(options: OpenStation, home: Context['home'], release: () => void): Promise<RunningStation> {
  const listeners = new Set<(name: EventName, body: unknown) => void>();
  const emit: EmitEvent = (name, body) => {
    for (const listener of listeners) listener(name, body);
  };
  const log = openLog(home.log, emit);
  const settings = openSettings(home, emit, options.store);
  const context: Context = { home, settings, log: log.write, emit };
  const notices = [...options.notices, ...settings.notices];
  for (const { text } of notices) log.write('warn', text);
  const secrets = openSecrets(home, options.keyring);
  const ledger = openLedger(home.ledger, true);
  await sweepProblems(home.problems, ledger);
  const statistics = openStatistics(ledger.database);
  const transcripts = openTranscripts(emit);
  const scanning = await openScanning(context);
  const { scanner } = scanning;
  const imap = options.schedule ? { options: (account: Account) => imapOptions({ secrets, transcripts }, account) } : null;
  const mail = openMailOnDemand(context, options, imap);
  const onward = openOnward({
    name: hostname(),
    ledger: openOnwardLedger(ledger.database),
    login: onwardLogin(secrets),
    openFolder: openAppendTo({ settings: settings.read, secrets, transcripts }),
  });
  const bouncesOut = openBouncesOut({
    ledger: openBounceLedger(ledger.database),
    host: hostname(),
    limit: () => settings.read().routing.bouncesPerHour,
    way: bounceWay(secrets),
    account: (id) => settings.read().accounts.find((one) => one.id === id),
    log: log.write,
    changed: () => emit('bounce.changed', {}),
  });
  const insight = { ...context, database: ledger.database, reader: mail.reader };
  const routerDeps = { settings: settings.read, mailFolder: home.mail, host: hostname() };
  const mailboxOf = (account: Account) => mailboxFor(routerDeps, fallbackAddress(account));
  const postmaster = (account: Account) => mailboxFor(routerDeps, settings.read().routing.postmaster ?? '') ?? mailboxOf(account);
  const maildirs = async () => (await findMailboxes(home.mail, settings.read())).map(({ path }) => path);
  const arrived = (_: string, path: string) => mail.arrived(path);
  const outbox = await openAccountOutbox({
    ...context,
    database: ledger.database,
    secrets,
    mail,
    schedule: options.schedule,
    maildirOf: (account) => mailboxOf(account)?.maildir ?? null,
  });

  const outboxRows = openOutboxRows(ledger.database);
  const compose = openCompose({
    ...context,
    mail,
    outbox,
    queued: (id) => outboxRows.find(id) !== null,
    maildirOf: (account) => mailboxOf(account)?.maildir ?? null,
  });

  const poller: Poller = openPoller({
    ...context,
    ledger,
    schedule: options.schedule,
    remoteState: mail.remoteState,
    secretKnown: (account) => secrets.known(account.id, account.secret),
    deliveredToday: statistics.today,
    fetch: async (account, how) => {
      const ended = await runAccount(
        {
          ...context,
          ledger,
          statistics,
          host: routerDeps.host,
          scanner,
          scannerReady: () => scanner.ready(),
          openSource: (one, onStep, signal) => openSource({ secrets, transcripts }, one, onStep, signal),
          routerOf: (one) => accountRouter(routerDeps, one),
          refusalsOf: (one) =>
            refusalPolicy(
              { database: ledger.database, postmaster, bounce: bouncesOut.offer, changed: () => emit('bounce.changed', {}) },
              one,
            ),
          onward,
          singleOf: (one) => deliversOnce(routerDeps, one),
          maildirs,
          arrived,
          onStep: (step) => poller.onStep(step),
        },
        account,
        how,
      );
      await bouncesOut.flush();
      return ended;
    },
  });

  const quarantineDeps = {
    ...context,
    arrived,
    scan: async (bytes: Buffer) => scanner.scan(bytes, bytes.length),
    ...mail.quarantine,
    partsUrl: options.partsUrl ?? ((message: string) => `/part/${encodeURIComponent(message)}`),
  };
  const held = (key: string) => placeOfHeld(home.quarantine, key);
  const language = () => (settings.read().language === 'ja' ? 'ja' : 'en');
  const station: Station = {
    ...routeCalls({ settings, secrets }),
    ...rehearsalCalls({ router: routerDeps, secrets }),
    ...importCalls({
      settings,
      secret: options.keyring === null ? 'file' : 'keyring',
      storeSecret: (account, secret) => secrets.write(account.id, account.secret, secret),
    }),
    'sample.start': async () => {
      throw new MailError('usage', 'the sample is started by the face, not by its station', false);
    },
    ...mail.calls,
    ...outbox.calls,
    ...compose.calls,
    ...accountCalls({
      ...context,
      secrets,
      poller,
      ledger,
      transcripts,
      mailboxOf,
      wakeMailboxes: mail.wake,
      language: () => (settings.read().language === 'ja' ? 'ja' : 'en'),
    }),
    ...problemCalls({ ...context, ledger, mailboxOf, arrived }),
    ...quarantineCalls(quarantineDeps),
    ...scannerCalls({ ...context, ...scanning }),
    ...doctorCalls({ home, keyring: options.keyring }),
    ...insightCalls({ ...insight, language }),
    ...statusCalls({
      ...context,
      sample: options.sample,
      notices,
      poller,
      statistics,
      lines: log.lines,
      scanner: () => scanner.state(),
      signatures: () => scanning.signatures.state(),
      counts: async () => ({
        unread: mail.unread(),
        quarantined: await countHeld(home.quarantine),
        problems: problemCount(ledger),
        bounces: await countUnread(bounceDeps(insight), bounceDays),
        indexing: mail.indexing(),
      }),
      scannerChanged: (changed) => scanner.configure(changed),
    }),
  };

  const planAnew = (name: EventName) => {
    if (name !== 'settings.changed') return;
    poller.replan();
    mail.refresh();
    emit('account.changed', { id: null });
  };
  listeners.add(planAnew);
  const sweep = async () => {
    const gone = await sweepHeld(home.quarantine, settings.read().scanner.quarantineDays);
    if (gone === 0) return;
    log.write('info', `${gone} messages were held longer than the settings say and are deleted`);
    emit('quarantine.changed', {});
  };
  const sweeping = setInterval(
    () => void sweep().catch((error: unknown) => log.write('warn', `quarantine: ${String(error)}`)),
    hour,
  ).unref();
  await sweep();
  const bouncing = setInterval(() => void bouncesOut.flush(), bounceEvery).unref();
  if (options.schedule) {
    mail.open();
    void compose.recover();
    poller.replan();
  }
  return {
    station,
    home,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    part: async (message, part) => (await exportPart(held, message, part)) ?? mail.part(message, part),
    grantScan: (path) => scanning.places.grant(path),
    remote: (message, url) => mail.remote(message, url),
    wake() {
      poller.wake();
      mail.wake();
      outbox.wake();
    },
    send: outbox.flush,
    rest: poller.rest,
    async close() {
      clearInterval(sweeping);
      clearInterval(bouncing);
      await poller.close();
      await bouncesOut.close();
      await outbox.close();
      await onward.close();
      await mail.close();
      await scanning.close();
      statistics.flush();
      ledger.close();
      log.close();
      release();
    },
  };
}
