// One user of one server entry as an account: what fetchmail does by default is what the account says. Without `keep`
// mail is deleted after delivery; without `ssl` STARTTLS is required (fetchmail 6.4 does the same, because it checks
// certificates), unless the server is this machine or `sslproto ''` asks for none.
import { type Account, account, type Drop, type Security } from '../../shared/account.js';
import type { Routing } from '../../shared/settings.js';
import type { Option, Rc, RcEntry, RcUser } from './fetchmailrc-grammar.js';
import type { GlobalName, OptionName } from './fetchmailrc-options.js';
import { smtpTarget } from './fetchmailrc-target.js';
import { accountId } from './imported.js';

export interface FetchmailrcOptions {
  /** Who would run fetchmail: the remote name of entries that have none. */
  readonly localUser?: string;
  /** 'relay': deliver to the listener that fetchmail delivered to (smtphost, else localhost:25). */
  readonly target?: 'maildir' | 'relay';
  /** Where the passwords will be kept. */
  readonly secret?: 'file' | 'keyring';
}

/** The account, or why there can be none. `others`: ids in use. */
export function accountOf(
  rc: Rc,
  entry: RcEntry,
  user: RcUser,
  chosen: Chosen,
  options: FetchmailrcOptions,
  others: ReadonlySet<string>,
): Account | { readonly why: string } {
  const protocol = protocolOf(chosen);
  const host = chosen.get('via')?.values[0] ?? entry.name;
  const remote = user.remote ?? options.localUser;
  if (protocol === null) return { why: 'its protocol is not spoken here, so it is no account' };
  if (remote === undefined) return { why: 'it names no user' };
  const port = portOf(chosen, protocol, host);
  if (port === null) return { why: `its service ${chosen.get('service')?.values[0]} is not known by number` };
  const parsed = account.safeParse({
    id: accountId(remote, host, others),
    name: remote.includes('@') ? remote : `${remote}@${host}`,
    protocol,
    host,
    port,
    security: securityOf(chosen, host),
    user: remote,
    auth: authOf(chosen),
    secret: { kind: chosen.has('password') ? (options.secret ?? 'file') : 'session' },
    enabled: entry.kind === 'poll',
    drop: dropOf(chosen, user, entry.name, remote, host),
    target: options.target === 'relay' ? smtpTarget(chosen) : { kind: 'maildir' },
    refusal: refusalOf(rc),
    fetch: fetchOf(rc, chosen),
    folder: protocol === 'imap' ? (chosen.get('folder')?.values[0] ?? 'INBOX') : 'INBOX',
  });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return { why: `${issue?.path.join('.')}: ${issue?.message}` };
}

/** The options that hold for one user. */
export type Chosen = ReadonlyMap<OptionName, Option>;

/** The last word on each option; lists grow, and an entry's own list replaces the defaults'. */
export function choose(defaults: readonly Option[], own: readonly Option[]): Chosen {
  const fold = (options: readonly Option[]): Map<OptionName, Option> => {
    const all = new Map<OptionName, Option>();
    for (const option of options) {
      const before = ['aka', 'localdomains', 'folder', 'smtphost', 'antispam'].includes(option.name) ? all.get(option.name) : undefined;
      all.set(option.name, { ...option, values: [...(before?.values ?? []), ...option.values] });
    }
    return all;
  };
  return new Map([...fold(defaults), ...fold(own)]);
}

function number(chosen: Chosen, name: OptionName): number {
  return Math.max(0, Number(chosen.get(name)?.values[0] ?? 0));
}

export function protocolOf(chosen: Chosen): 'pop3' | 'imap' | null {
  const name = chosen.get('protocol')?.values[0] ?? 'auto';
  if (name === 'imap') return 'imap';
  if (name === 'auto') return ['143', '993', 'imap', 'imaps'].includes(serviceOf(chosen) ?? '') ? 'imap' : 'pop3';
  return ['pop3', 'apop', 'sdps'].includes(name) ? 'pop3' : null;
}

/** `port` and `service` are one setting; the later one wins. */
function serviceOf(chosen: Chosen): string | null {
  const [service, port] = [chosen.get('service'), chosen.get('port')];
  if (service === undefined || port === undefined) return (service ?? port)?.values[0] ?? null;
  return (service.line > port.line ? service : port).values[0] ?? null;
}

const services: Readonly<Record<string, number>> = { pop3: 110, 'pop-3': 110, pop3s: 995, imap: 143, imap2: 143, imaps: 993 };

function portOf(chosen: Chosen, protocol: 'pop3' | 'imap', host: string): number | null {
  const service = serviceOf(chosen);
  if (service !== null) return /^\d+$/.test(service) ? Number(service) : (services[service] ?? null);
  const tls = securityOf(chosen, host) === 'tls';
  return protocol === 'pop3' ? (tls ? 995 : 110) : tls ? 993 : 143;
}

function securityOf(chosen: Chosen, host: string): Security {
  if (chosen.get('ssl')?.on === true) return 'tls';
  if (chosen.get('sslproto')?.values[0] === '') return 'none';
  return /^(localhost|127(\.\d+){3}|::1)$/i.test(host) ? 'none' : 'starttls';
}

function authOf(chosen: Chosen): Account['auth'] {
  if (chosen.get('protocol')?.values[0] === 'apop') return 'apop';
  const name = chosen.get('auth')?.values[0];
  return name === 'password' || name === 'cram-md5' ? name : 'auto';
}

export function isMultidrop(user: RcUser): boolean {
  return user.wildcard || user.local.length > 1;
}

function dropOf(chosen: Chosen, user: RcUser, label: string, remote: string, host: string): Drop {
  const domain = chosen.get('smtpaddress')?.values[0];
  const whole = (name: string): string => (domain === undefined || name.includes('@') ? name : `${name}@${domain}`);
  const everybody = chosen.get('smtpname')?.values[0];
  if (!isMultidrop(user) || everybody !== undefined) {
    const own = remote.includes('@') ? remote : `${remote}@${host}`;
    return { kind: 'singledrop', to: [everybody ?? whole(user.local[0]?.here ?? own)] };
  }
  const envelope = chosen.get('envelope');
  const header = envelope?.on === true && envelope.values[1]?.toLowerCase() !== 'received' ? envelope.values[1] : null;
  const domains = chosen.get('localdomains')?.values ?? [];
  // Addresses in localdomains pass unaltered, whatever the list says; `*` lets every name pass.
  const passing = user.wildcard ? ['*'] : user.local.length > 0 ? domains.map((one) => `@${one}`) : [];
  const names = [...user.local.map(({ there, here }) => [there, whole(here)] as const), ...passing.map((name) => [name, name] as const)];
  return {
    kind: 'multidrop',
    envelope: header ?? null,
    skip: Number(envelope?.values[0] ?? 0),
    qvirtual: chosen.get('qvirtual')?.values[0] ?? '',
    localDomains: [...new Set([...domains, ...(chosen.get('aka')?.values ?? []), label, host])],
    names: Object.fromEntries(names),
    useReceived: envelope?.on !== false,
    useToCc: true,
  };
}

function globalOf(rc: Rc, name: GlobalName): Option<GlobalName> | undefined {
  return rc.globals.findLast((global) => global.name === name);
}

function refusalOf(rc: Rc): Account['refusal'] {
  if (globalOf(rc, 'softbounce')?.on === true) return 'keep';
  return globalOf(rc, 'bouncemail')?.on === true ? 'bounce' : 'postmaster';
}

export function routingOf(rc: Rc): Partial<Routing> {
  const postmaster = globalOf(rc, 'postmaster')?.values[0] ?? '';
  return postmaster === '' ? {} : { postmaster };
}

function fetchOf(rc: Rc, chosen: Chosen): object {
  const daemon = Number(globalOf(rc, 'daemon')?.values[0] ?? 0) || 180;
  return {
    retention: { kind: chosen.get('keep')?.on === true ? 'keep' : 'delete' },
    all: chosen.get('fetchall')?.on === true,
    sizeLimit: number(chosen, 'limit'),
    maxMessages: number(chosen, 'fetchlimit'),
    batchLimit: number(chosen, chosen.has('expunge') ? 'expunge' : 'batchlimit'),
    timeout: Math.min(number(chosen, 'timeout') || 300, 86_400),
    interval: Math.min(daemon * (number(chosen, 'interval') || 1), 2_592_000),
    invisible: globalOf(rc, 'invisible')?.on === true,
    tracePolls: chosen.get('tracepolls')?.on === true,
  };
}

const securityWords: Readonly<Record<Security, string>> = {
  tls: 'TLS',
  starttls: 'STARTTLS required (fetchmail 6.4 refuses to go on without it too)',
  none: 'not encrypted',
};

export function describe(found: Account, password: boolean, user: RcUser): string {
  const to =
    found.drop.kind === 'singledrop'
      ? `to ${found.drop.to.join(', ')}${user.local.length === 0 ? ' (the file names nobody)' : ''}`
      : 'multidrop, by To and Cc where no envelope address is found, as fetchmail does';
  const { retention, all } = found.fetch;
  return [
    `account ${found.id}`,
    `${found.protocol.toUpperCase()} ${found.host}:${found.port}`,
    securityWords[found.security],
    to,
    all ? 'all mail' : 'new mail',
    retention.kind === 'keep' ? 'kept on the server' : 'deleted from the server after delivery',
    ...(password ? [] : ['its password will be asked for']),
    ...(found.enabled ? [] : ['paused (skip)']),
  ].join('; ');
}
