// Our header lines above a message: envelope, verdict, and where it was fetched.
import type { Account } from '../../shared/account.js';
import type { Verdict } from '../../shared/verdict.js';
import { version } from '../../shared/version.js';
import { envelopeSender, fieldValues } from '../message/header.js';
import { type Received, stampHead } from '../message/stamp.js';
import type { OnwardDestination, Routed } from './destination.js';
import type { Spool } from './spool.js';

export interface HeadDeps {
  readonly account: Account;
  /** This machine's name, for our Received line. */
  readonly host: string;
  readonly server: { readonly name: string; readonly ip: string | null; readonly protocol: 'POP3' | 'POP3S' | 'IMAP' | 'IMAPS' };
}
interface Known {
  readonly spool: Spool;
  readonly routed: Routed;
  readonly scan: { readonly verdict: Verdict; readonly scannedWith: string | null };
}

/** Above what lies in a Maildir. A Return-Path that the message brought stays the only one. */
export function deliveredHead(
  deps: HeadDeps,
  { spool, routed, scan }: Known,
  to: { readonly address: string; readonly originalTo: string },
): Buffer {
  return stampHead({
    ...scan,
    returnPath: ownReturnPath(spool) ? null : envelopeSender(spool.header),
    originalTo: to.originalTo,
    deliveredTo: to.address,
    received: receivedBy(deps, routed, isShared(routed) ? null : to.address),
  });
}

/** To a relay without envelope lines: they are for who delivers it in the end. Into an IMAP folder it is delivered with this. */
export function onwardHead(deps: HeadDeps, { spool, routed, scan }: Known, to: OnwardDestination, several: boolean, key: string): Buffer {
  const final = to.target.kind === 'imap';
  return stampHead({
    ...scan,
    returnPath: final && !ownReturnPath(spool) ? envelopeSender(spool.header) : null,
    originalTo: final ? to.originalTo : null,
    deliveredTo: final ? to.address : null,
    key,
    received: receivedBy(deps, routed, several || isShared(routed) ? null : to.address),
  });
}

const ownReturnPath = (spool: Spool) => fieldValues(spool.header, 'Return-Path').length > 0;
/** Several recipients: none of them is shown to the others. */
const isShared = ({ destinations, drop }: Routed) => destinations.length > 1 && drop === 'multi-drop';

function receivedBy({ account, server, host }: HeadDeps, { drop }: Routed, recipient: string | null): Received | null {
  if (account.fetch.invisible) return null;
  return {
    server: server.name,
    serverIp: server.ip,
    host,
    protocol: server.protocol,
    version,
    recipient,
    drop,
    polling: account.fetch.tracePolls ? `polling ${account.name} account ${account.user}` : null,
    date: new Date(),
  };
}
