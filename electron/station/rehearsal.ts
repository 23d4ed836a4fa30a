// Where the mail on a server would go: each header read (TOP, or an IMAP header), and routed as a fetch would. Nothing is fetched,
// marked or deleted, and the account need not be saved yet.
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Rehearsal, RehearsedMessage, RouteTarget } from '../../shared/route.js';
import { decodeWords } from '../message/encoded-word.js';
import { fieldValues, headerEnd, headerLimit } from '../message/header.js';
import { openPop3 } from '../pop3/session.js';
import { recipients } from '../routing/recipients.js';
import type { Calls } from './context.js';
import type { Destination } from './destination.js';
import { accountRouter, type RouterDeps } from './router.js';
import type { Secrets } from './secrets.js';

export interface RehearsalDeps {
  readonly router: RouterDeps;
  readonly secrets: Secrets;
}
interface Listed {
  readonly number: number;
  readonly octets: number;
  readonly uidl: string | null;
}
interface Reader {
  list(): Promise<readonly Listed[]>;
  headers(wanted: readonly Listed[]): AsyncIterable<{ readonly number: number; readonly header: Buffer }>;
  close(): Promise<void>;
}

/** Throws what connecting and logging in throw. */
export function rehearsalCalls(deps: RehearsalDeps): Calls<'route.rehearse'> {
  return {
    'route.rehearse': async ({ account, secret, limit, routing }) => {
      const router = routing === null ? deps.router : { ...deps.router, settings: () => ({ ...deps.router.settings(), routing }) };
      return rehearse({ ...deps, router }, account, secret ?? (await deps.secrets.read(account.id, account.secret)), limit);
    },
  };
}

/** The newest `limit` messages of the listing. */
export async function rehearse({ router }: RehearsalDeps, account: Account, secret: string, limit: number): Promise<Rehearsal> {
  const resolve = accountRouter(router, account);
  const reader = account.protocol === 'imap' ? await imapReader(account, secret) : await pop3Reader(account, secret);
  try {
    const listing = await reader.list();
    const wanted = listing.slice(-limit).reverse();
    const rows: RehearsedMessage[] = [];
    for await (const { number, header } of reader.headers(wanted)) {
      const entry = wanted.find((one) => one.number === number);
      if (entry === undefined) continue;
      const { destinations, refusals, drop } = resolve(header, entry.octets);
      const first = (name: string) => decodeWords(fieldValues(header, name)[0] ?? '');
      rows.push({
        ...{ uidl: entry.uidl ?? String(number), octets: entry.octets, from: first('From'), subject: first('Subject') },
        ...{ drop, by: whyOf(account, header, router) },
        recipients: [...new Set([...destinations.map(({ originalTo }) => originalTo), ...refusals.map(({ address }) => address)])],
        targets: destinations.map(targetOf),
        refusals: refusals.map(({ address, refusal }) => ({ address, ...refusal })),
      });
    }
    return { account: account.id, messages: listing.length, rows };
  } finally {
    await reader.close();
  }
}

function whyOf({ drop }: Account, header: Buffer, { settings }: RouterDeps): string {
  return drop.kind === 'multidrop' ? recipients(header, drop, settings().routing).why : '';
}

function targetOf(destination: Destination): RouteTarget {
  if (destination.kind === 'maildir') return { mailbox: destination.address, path: destination.maildir };
  return { relay: destination.address, through: destination.target };
}

function optionsOf(account: Account, secret: string) {
  const { host, port, security, user, auth, pin, pinnedPem } = account;
  return { host, port, security, user, auth, pin, pinnedPem, secret, timeoutSeconds: Math.min(account.fetch.timeout, 60) };
}

async function pop3Reader(account: Account, secret: string): Promise<Reader> {
  const session = await openPop3({ ...optionsOf(account, secret), headers: true });
  return {
    list: () => session.list(),
    async *headers(wanted) {
      for await (const { number, failure, body } of session.retrieve(wanted)) {
        if (failure !== null) continue;
        yield { number, header: await headOf(body) };
      }
    },
    close: () => session.quit(),
  };
}

async function imapReader(account: Account, secret: string): Promise<Reader> {
  const { openImapSource } = await import('../imap/source.js');
  const session = await openImapSource({ ...optionsOf(account, secret), folder: account.folder });
  return {
    list: () => session.list(),
    async *headers(wanted) {
      for (const { number } of wanted) {
        const header = await session.header(number);
        if (header !== null) yield { number, header };
      }
    },
    close: () => session.quit(),
  };
}

/** What comes beyond the header (a server without TOP) is read and let go. */
async function headOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    if (length < headerLimit) parts.push(Buffer.from(chunk));
    length += chunk.length;
  }
  const head = Buffer.concat(parts);
  if (head.length === 0) throw new MailError('protocol', 'the server gave an empty header', true);
  return head.subarray(0, headerEnd(head));
}
