// mpoprc -> accounts: `defaults`, `account NAME [: BASE]`, and one setting a line (mpop(1)).
import { defaultPort, type Security } from '../../shared/account.js';
import { Draft, ownAddress } from './draft.js';
import type { Imported } from './imported.js';

interface Setting {
  readonly value: string;
  readonly line: number;
}
type Settings = Map<string, Setting>;
interface Section {
  readonly name: string;
  readonly line: number;
  readonly settings: Settings;
}

const used = new Set([
  'host',
  'port',
  'user',
  'password',
  'passwordeval',
  'auth',
  'tls',
  'tls_starttls',
  'keep',
  'only_new',
  'skipsize',
  'timeout',
  'received_header',
  'delivery',
]);
const harmless: Readonly<Record<string, string>> = {
  killsize: 'mail that was not delivered here is never deleted',
  filter: 'no command is run on mail before it is fetched',
  uidls_file: 'which messages mpop had seen is not known here: mail that it left on the server is fetched once more',
  tls_certcheck: 'certificates are always checked; use Test in the account to trust another one',
  tls_fingerprint: 'use Test in the account, which pins the certificate with its SHA-256',
  tls_trust_file: 'the system’s authorities are trusted; use Test in the account to trust another certificate',
  pipelining: 'pipelining is used where the server offers it',
};

export function importMpoprc(text: string, secret: 'file' | 'keyring' = 'file'): Imported {
  const draft = new Draft();
  for (const section of sections(text, draft)) {
    for (const [name, { value, line }] of section.settings) {
      if (!used.has(name))
        draft.refuse(line, `${name}${name.includes('password') ? '' : ` ${value}`}`, harmless[name] ?? 'it has no counterpart here');
    }
    add(section, draft, secret);
  }
  return draft.imported();
}

/** A section has the settings of `defaults` and of its bases under its own. */
function sections(text: string, draft: Draft): readonly Section[] {
  let defaults: Settings = new Map();
  let current: Settings = defaults;
  const found: Section[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const words = /^\s*([^\s#]\S*)\s*(.*?)\s*$/.exec(raw);
    if (words?.[1] === undefined) continue;
    const [name, value, line] = [words[1], (words[2] ?? '').replace(/^"(.*)"$/, '$1'), index + 1];
    if (name === 'defaults') current = defaults = new Map();
    else if (name === 'account') {
      const [own = '', ...bases] = value.split(/[\s:,]+/);
      const parents = bases.flatMap((base) => [...(found.find((section) => section.name === base)?.settings ?? [])]);
      current = new Map([...defaults, ...parents]);
      // `account default : NAME` only says which one is meant when none is named.
      if (own === 'default' && bases.length > 0) draft.take(line, `account default: ${bases.join(', ')}`);
      else found.push({ name: own, line, settings: current });
    } else current.set(name, { value, line });
  }
  return found;
}

/** A switch without a word is on. */
function on(settings: Settings, name: string, usual: boolean): boolean {
  const found = settings.get(name);
  return found === undefined ? usual : found.value === '' || found.value === 'on';
}

const auths: Readonly<
  Record<string, 'auto' | 'apop' | 'cram-md5' | 'scram-sha-256' | 'plain' | 'login' | 'xoauth2' | 'oauthbearer' | 'password'>
> = {
  apop: 'apop',
  'cram-md5': 'cram-md5',
  'scram-sha-256': 'scram-sha-256',
  plain: 'plain',
  login: 'login',
  user: 'password',
  xoauth2: 'xoauth2',
  oauthbearer: 'oauthbearer',
};

function add({ name, line, settings }: Section, draft: Draft, kept: 'file' | 'keyring'): void {
  const text = (key: string): string | null => settings.get(key)?.value || null;
  const security: Security = on(settings, 'tls', false) ? (on(settings, 'tls_starttls', true) ? 'starttls' : 'tls') : 'none';
  const [host, user, command] = [text('host'), text('user'), text('passwordeval')];
  if (host === null || user === null) {
    draft.refuse(line, `account ${name}`, 'it has no host or no user');
    return;
  }
  const to = ownAddress(user, host);
  const box = /^maildir\s+(.+)$/i.exec(text('delivery') ?? '')?.[1];
  if (box?.startsWith('/'))
    draft.routing.mailboxes = [...(draft.routing.mailboxes ?? []), { address: to, path: `${box.replace(/\/+$/, '')}/`, limit: null }];
  else if (settings.has('delivery'))
    draft.refuse(
      settings.get('delivery')?.line ?? null,
      `delivery ${text('delivery')}`,
      'only an absolute Maildir can be taken over; mail goes to its own mailbox',
    );
  draft.add(
    line,
    `account ${name}`,
    {
      name,
      host,
      user,
      port: Number(text('port') ?? defaultPort('pop3', security)),
      security,
      auth: auths[text('auth') ?? ''] ?? 'auto',
      ...(command === null ? {} : { secret: { kind: 'command', command } }),
      drop: { kind: 'singledrop', to: [to] },
      fetch: {
        retention: { kind: on(settings, 'keep', false) ? 'keep' : 'delete' },
        all: !on(settings, 'only_new', true),
        sizeLimit: Number(text('skipsize') ?? 0) || 0,
        timeout: Number(text('timeout') ?? 180) || 180,
        invisible: !on(settings, 'received_header', true),
      },
    },
    command === null ? text('password') : null,
    kept,
  );
}
