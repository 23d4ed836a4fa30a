// One retrieved message, from its spool to the ledger: route -> scan -> seal -> link -> synced -> record.
// Before link() nothing is visible and nothing has happened on the server: to defer is to drop the spool. After link() a crash
// is mended by adoption: the file's name carries the key. What is returned has been recorded durably, or was deferred.

import { join } from 'node:path';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { FetchStepName } from '../../shared/fetch.js';
import type { ScannerSettings } from '../../shared/settings.js';
import { type Verdict, verdictClass } from '../../shared/verdict.js';
import { beginDelivery, type Delivery, syncFolder } from '../maildir/deliver.js';
import { envelopeSender } from '../message/header.js';
import type { Destination, MaildirDestination, OnwardDestination, Routed } from './destination.js';
import { deliveredHead, onwardHead } from './fetch-head.js';
import type { Planned } from './fetch-plan.js';
import type { Identities, Identity } from './identity.js';
import type { FoundKeys } from './keys.js';
import type { Ledger } from './ledger.js';
import type { Onward } from './onward.js';
import { writeReason } from './quarantine-deliver.js';
import type { Spool } from './spool.js';

/** The little of a scanner that a fetch needs. */
export interface MessageScanner {
  scan(
    body: AsyncIterable<Uint8Array> | Buffer,
    octets: number | null,
    signal?: AbortSignal,
  ): Promise<{ readonly verdict: Verdict; readonly milliseconds: number; readonly scannedWith: string }>;
}
export interface Refused {
  readonly address: string;
  readonly code: number;
  readonly status: string;
  readonly text: string;
  /** A relay took it for spam, or its sender for a bad one: never bounced. */
  readonly quiet?: boolean;
}

export interface MessageDeps {
  readonly account: Account;
  readonly ledger: Ledger;
  readonly scanner: MessageScanner | null;
  readonly scannerSettings: ScannerSettings;
  readonly quarantine: string;
  readonly host: string;
  readonly server: { readonly name: string; readonly ip: string | null; readonly protocol: 'POP3' | 'POP3S' | 'IMAP' | 'IMAPS' };
  readonly resolve: (header: Buffer, octets: number) => Routed;
  readonly onward: Pick<Onward, 'send' | 'forget'>;
  /** Where a refused message goes instead; null: it stays on the server. */
  readonly onRefused: (entry: {
    readonly key: string;
    readonly header: Buffer;
    readonly sha256: string;
    readonly refused: readonly Refused[];
  }) => Promise<readonly Destination[] | null>;
  readonly found: FoundKeys | null;
  readonly step: (step: FetchStepName, planned: Planned, verdict?: Verdict) => void;
  readonly scanned: (verdict: Verdict, milliseconds: number) => void;
  /** A file stands in a Maildir, durably; the catalog may show it. */
  readonly arrived: (maildir: string, path: string) => void;
  readonly signal: AbortSignal;
  readonly identities: Identities;
}

export type Outcome =
  | {
      readonly kind: 'delivered' | 'quarantined' | 'refused';
      readonly key: string;
      readonly verdict: Verdict;
      readonly refused: readonly Refused[];
      /** Recipients that may have it twice: an answer of theirs was lost. */
      readonly doubtful: readonly string[];
    }
  /** It was there already: found by key in the Maildirs, or the same content as before. */
  | { readonly kind: 'adopted' | 'known'; readonly key: string }
  | { readonly kind: 'kept'; readonly key: string; readonly refused: readonly Refused[] }
  | { readonly kind: 'deferred'; readonly error: MailError };

/** Throws only for what no message is to blame for (the disk, the ledger): the run ends. */
export async function deliverMessage(deps: MessageDeps, planned: Planned, spool: Spool): Promise<Outcome> {
  const identity = deps.identities.settle(planned, spool.sha256, spool.octets);
  if (identity.kind === 'known') return enterKnown(deps, planned, spool, identity);
  const { key } = identity;
  const routed = deps.resolve(spool.header, spool.octets);
  let destinations = routed.destinations;
  const refused: Refused[] = routed.refusals.map(({ address, refusal }) => ({ address, ...refusal }));
  // An alias that runs in a circle is 451: the settings are to blame, and the mail waits for them.
  const wait = refused.find(({ code }) => code < 500);
  if (wait !== undefined)
    return { kind: 'deferred', error: new MailError('recipient-refused', wait.text, true, { said: wait.text, name: wait.address }) };
  if (refused.length > 0) {
    const instead = await deps.onRefused({ key, header: spool.header, sha256: spool.sha256, refused });
    if (instead === null && destinations.length === 0) return keepOnServer(deps, planned, key, spool, refused);
    destinations = [...destinations, ...(instead ?? [])];
  }
  deps.step('route', planned);
  const scan = await scanMessage(deps, spool);
  if (scan.verdict.kind === 'unavailable')
    return {
      kind: 'deferred',
      error: new MailError('scan-failed', `not scanned: ${scan.verdict.reason}`, true, { said: scan.verdict.reason }),
    };
  deps.step('scan', planned, scan.verdict);
  const action = actionFor(deps.scannerSettings, scan.verdict);
  let doubtful: readonly string[] = [];
  if (action !== 'quarantine') {
    const relayed = await handOn(deps, planned, key, spool, routed, destinations, scan, refused);
    doubtful = relayed.doubtful;
    if (relayed.deferred !== null) return { kind: 'deferred', error: relayed.deferred };
    if (relayed.keep) return keepOnServer(deps, planned, key, spool, refused);
    destinations = relayed.destinations;
  }
  const later =
    action === 'quarantine'
      ? await quarantine(deps, planned, key, spool, routed, destinations, scan)
      : await deliver(deps, planned, key, spool, routed, destinations, scan);
  await record(deps, planned, key, spool);
  if (destinations.some(({ kind }) => kind === 'onward')) deps.onward.forget(deps.account.id, key);
  return { kind: action === 'quarantine' ? 'quarantined' : later, key, verdict: scan.verdict, refused, doubtful };
}

interface AfterRelay {
  readonly deferred: MailError | null;
  readonly doubtful: readonly string[];
  /** Refused by the relay, and the account keeps what is refused on the server. */
  readonly keep: boolean;
  readonly destinations: readonly Destination[];
}

/** Handed on first: what a relay refuses for good goes where the refusal policy says. */
async function handOn(
  deps: MessageDeps,
  planned: Planned,
  key: string,
  spool: Spool,
  routed: Routed,
  destinations: readonly Destination[],
  scan: Scanned,
  refused: Refused[],
): Promise<AfterRelay> {
  const to = destinations.filter((destination): destination is OnwardDestination => destination.kind === 'onward');
  if (to.length === 0) return { deferred: null, doubtful: [], keep: false, destinations };
  const result = await deps.onward.send({
    account: deps.account,
    key,
    sender: envelopeSender(spool.header),
    to,
    head: (one, several) => onwardHead(deps, { spool, routed, scan }, one, several, key),
    spool,
    unclean: deps.found !== null,
    step: (step) => deps.step(step, planned),
  });
  const { deferred, doubtful } = result;
  if (deferred !== null || result.refused.length === 0) return { deferred, doubtful, keep: false, destinations };
  refused.push(...result.refused);
  const instead = await deps.onRefused({ key, header: spool.header, sha256: spool.sha256, refused: result.refused });
  const keep = instead === null && result.refused.length === destinations.length;
  return { deferred: null, doubtful, keep, destinations: [...destinations, ...(instead ?? [])] };
}

/** Entered under the key of this listing, in the place of the one it had when the server gave no UIDL. */
async function enterKnown(
  deps: MessageDeps,
  planned: Planned,
  spool: Spool,
  identity: Extract<Identity, { kind: 'known' }>,
): Promise<Outcome> {
  if (identity.enter) await record(deps, planned, identity.key, spool);
  if (identity.replaces !== null) deps.ledger.forgetMessages(deps.account.id, [identity.replaces]);
  return { kind: 'known', key: identity.key };
}

interface Scanned {
  readonly verdict: Verdict;
  readonly scannedWith: string | null;
}

async function scanMessage(deps: MessageDeps, spool: Spool): Promise<Scanned> {
  if (deps.scanner === null || deps.scannerSettings.mode === 'off')
    return { verdict: { kind: 'not-scanned', reason: 'scanning is off' }, scannedWith: null };
  const body =
    spool.memory?.[0] === undefined
      ? spool.read()
      : Buffer.from(spool.memory[0].buffer, spool.memory[0].byteOffset, spool.memory[0].byteLength);
  const { verdict, milliseconds, scannedWith } = await deps.scanner.scan(body, spool.octets, deps.signal);
  deps.scanned(verdict, milliseconds);
  if (verdict.kind === 'unavailable' && deps.scannerSettings.mode === 'optional')
    return { verdict: { kind: 'not-scanned', reason: verdict.reason }, scannedWith: null };
  return { verdict, scannedWith };
}

function actionFor(settings: ScannerSettings, verdict: Verdict): 'deliver' | 'mark' | 'quarantine' {
  const found = verdictClass(verdict);
  return found === null ? 'deliver' : settings.actions[found];
}

/** Links into every Maildir that does not have the key yet. */
async function deliver(
  deps: MessageDeps,
  planned: Planned,
  key: string,
  spool: Spool,
  routed: Routed,
  destinations: readonly Destination[],
  scan: Scanned,
): Promise<'delivered' | 'refused'> {
  const boxes = unique(destinations.filter((destination): destination is MaildirDestination => destination.kind === 'maildir')).filter(
    ({ maildir }) => deps.found?.get(key)?.has(maildir) !== true,
  );
  const drafts: Delivery[] = [];
  const paths: string[] = [];
  try {
    for (const box of boxes) drafts.push(await writeOne(box.maildir, key, deliveredHead(deps, { spool, routed, scan }, box), spool));
    deps.step('seal', planned);
    for (const draft of drafts) paths.push(await draft.link());
  } catch (error) {
    await Promise.all(drafts.map((draft) => draft.abort()));
    throw error;
  }
  deps.step('link', planned);
  await Promise.all(boxes.map(({ maildir }) => syncFolder(join(maildir, 'new'))));
  deps.step('synced', planned);
  for (const [index, path] of paths.entries()) deps.arrived(boxes[index]?.maildir ?? '', path);
  return destinations.length === 0 ? 'refused' : 'delivered';
}

async function quarantine(
  deps: MessageDeps,
  planned: Planned,
  key: string,
  spool: Spool,
  routed: Routed,
  destinations: readonly Destination[],
  scan: Scanned,
): Promise<'delivered'> {
  const [first] = destinations;
  const top = deliveredHead(deps, { spool, routed, scan }, first ?? { address: '', originalTo: '' });
  if (deps.found?.get(key)?.has(deps.quarantine) !== true) {
    await writeReason(deps.quarantine, {
      key,
      verdict: scan.verdict,
      account: deps.account.id,
      quarantined: new Date().toISOString(),
      scannedWith: scan.scannedWith ?? '',
      headOctets: top.length,
      sha256: spool.sha256,
      mailboxes: destinations.flatMap((destination) => (destination.kind === 'maildir' ? [destination] : [])),
    });
    const draft = await writeOne(deps.quarantine, key, top, spool);
    deps.step('seal', planned);
    await draft.link();
    deps.step('link', planned);
  }
  await syncFolder(join(deps.quarantine, 'new'));
  deps.step('synced', planned);
  return 'delivered';
}

async function writeOne(maildir: string, key: string, top: Buffer, spool: Spool): Promise<Delivery> {
  const draft = await beginDelivery(maildir, key);
  try {
    if (spool.memory === null) {
      await draft.write([top]);
      for await (const chunk of spool.read()) await draft.write([chunk]);
    } else await draft.write([top, ...spool.memory]);
    await draft.seal();
    return draft;
  } catch (error) {
    await draft.abort();
    throw error;
  }
}

function unique(boxes: readonly MaildirDestination[]): readonly MaildirDestination[] {
  return [...new Map(boxes.map((box) => [box.maildir, box])).values()];
}

async function keepOnServer(deps: MessageDeps, planned: Planned, key: string, spool: Spool, refused: readonly Refused[]): Promise<Outcome> {
  await enter(deps, planned, key, spool, 'refused');
  return { kind: 'kept', key, refused };
}

async function record(deps: MessageDeps, planned: Planned, key: string, spool: Spool): Promise<void> {
  await enter(deps, planned, key, spool, 'delivered');
  deps.step('record', planned);
}

/** Under the listing's key where there is one: a UIDL used again for other content is entered anew. Durable when it resolves. */
function enter(deps: MessageDeps, planned: Planned, key: string, spool: Spool, state: 'refused' | 'delivered'): Promise<void> {
  return deps.ledger.record({
    account: deps.account.id,
    key: planned.key ?? key,
    uidl: planned.uidl ?? '',
    octets: planned.octets,
    state,
    sha256: spool.sha256,
    firstSeen: Date.now(),
  });
}
