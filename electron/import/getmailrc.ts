// getmailrc -> one account: [retriever], [destination], [options] (getmail(1)).
import { type AccountInput, defaultPort, type Protocol } from '../../shared/account.js';
import { Draft, ownAddress } from './draft.js';
import type { Imported } from './imported.js';

interface Setting {
  readonly section: string;
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

const taken = new Set(
  [
    'type',
    'server',
    'port',
    'username',
    'password',
    'password_command',
    'use_apop',
    'timeout',
    'envelope_recipient',
    'mailboxes',
    'use_xoauth2',
  ]
    .map((name) => `retriever.${name}`)
    .concat(['destination.type', 'destination.path'])
    .concat(
      [
        'delete',
        'delete_after',
        'read_all',
        'max_message_size',
        'max_messages_per_session',
        'max_bytes_per_session',
        'received',
        'delivered_to',
      ].map((name) => `options.${name}`),
    ),
);

export function importGetmailrc(text: string, secret: 'file' | 'keyring' = 'file'): Imported {
  const draft = new Draft();
  const settings = readIni(text);
  for (const { section, name, value, line } of settings) {
    if (taken.has(`${section}.${name}`)) continue;
    draft.refuse(
      line,
      `[${section}] ${name}${/password|filter|command|arguments/.test(name) ? '' : ` = ${value}`}`,
      section.startsWith('filter') ? 'mail is scanned by clamd; no other filter is run' : 'it has no counterpart here',
    );
  }
  add(new Map(settings.map((one) => [`${one.section}.${one.name}`, one])), draft, secret);
  return draft.imported();
}

/** A line that begins with a blank goes on with the value before. */
function readIni(text: string): readonly Setting[] {
  const found: (Setting & { value: string })[] = [];
  let section = '';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const head = /^\[([^\]]+)\]/.exec(line);
    const setting = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    const last = found.at(-1);
    if (/^\s*([#;]|$)/.test(line)) continue;
    if (head?.[1] !== undefined) section = head[1].toLowerCase();
    else if (/^\s/.test(line) && last !== undefined) last.value += ` ${line.trim()}`;
    else if (setting?.[1] !== undefined)
      found.push({ section, name: setting[1].toLowerCase(), value: setting[2]?.trim() ?? '', line: index + 1 });
  }
  return found;
}

/** `("gpg", "--decrypt", "x")` -> a command for the shell. */
function commandOf(tuple: string): string {
  const words = [...tuple.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map((word) =>
    (word[1] ?? word[2] ?? '').replaceAll(/\\(.)/g, '$1'),
  );
  return words.map((word) => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

function add(settings: ReadonlyMap<string, Setting>, draft: Draft, kept: 'file' | 'keyring'): void {
  const text = (name: string): string | null => settings.get(name)?.value || null;
  const yes = (name: string, usual: boolean): boolean => (text(name) === null ? usual : /^(true|yes|on|1)$/i.test(text(name) ?? ''));
  const whole = (name: string): number => Math.max(0, Math.floor(Number(text(name) ?? 0) || 0));
  const [type, host, user] = [text('retriever.type') ?? '', text('retriever.server'), text('retriever.username')];
  const line = settings.get('retriever.type')?.line ?? null;
  if (host === null || user === null || !/(POP3|IMAP)/.test(type)) {
    draft.refuse(line, `[retriever] ${type}`, 'it has no server, no user, or a type that is not spoken here');
    return;
  }
  const protocol: Protocol = type.includes('IMAP') ? 'imap' : 'pop3';
  const security = type.includes('SSL') ? 'tls' : 'none';
  if (security === 'none') draft.take(line, `${type}: not encrypted; better set the security to TLS`);
  const command = text('retriever.password_command');
  const to = ownAddress(user, host);
  box(settings, draft, to);
  draft.add(
    line,
    `[retriever] ${user} at ${host}`,
    {
      name: to,
      protocol,
      host,
      user,
      security,
      port: whole('retriever.port') || defaultPort(protocol, security),
      auth: yes('retriever.use_apop', false) ? 'apop' : yes('retriever.use_xoauth2', false) ? 'xoauth2' : 'auto',
      ...(command === null ? {} : { secret: { kind: 'command', command: commandOf(command) } }),
      drop: dropOf(type, text('retriever.envelope_recipient'), to, host),
      fetch: {
        retention: retention(yes('options.delete', false), whole('options.delete_after')),
        all: yes('options.read_all', true),
        sizeLimit: whole('options.max_message_size'),
        maxMessages: whole('options.max_messages_per_session'),
        maxOctets: whole('options.max_bytes_per_session'),
        timeout: whole('retriever.timeout') || 180,
        invisible: !yes('options.received', true),
      },
    },
    command === null ? text('retriever.password') : null,
    kept,
  );
}

function retention(now: boolean, days: number): NonNullable<AccountInput['fetch']>['retention'] {
  if (now) return { kind: 'delete' };
  return days > 0 ? { kind: 'days', days: Math.min(days, 3650) } : { kind: 'keep' };
}

/** `envelope_recipient = delivered-to:1`: the first such header. */
function dropOf(type: string, envelope: string | null, to: string, host: string): AccountInput['drop'] {
  if (!type.startsWith('Multidrop')) return { kind: 'singledrop', to: [to] };
  const [header = 'X-Original-To', nth = '1'] = (envelope ?? '').split(':');
  return {
    kind: 'multidrop',
    envelope: header || 'X-Original-To',
    skip: Math.max(0, Number(nth) - 1 || 0),
    localDomains: [host],
    useReceived: false,
  };
}

function box(settings: ReadonlyMap<string, Setting>, draft: Draft, address: string): void {
  const [type, path] = [settings.get('destination.type'), settings.get('destination.path')];
  if (type?.value === 'Maildir' && path?.value.startsWith('/') === true)
    draft.routing.mailboxes = [{ address, path: `${path.value.replace(/\/+$/, '')}/`, limit: null }];
  else if (type !== undefined)
    draft.refuse(
      type.line,
      `[destination] ${type.value} ${path?.value ?? ''}`.trim(),
      'only an absolute Maildir can be taken over; mail goes to its own mailbox',
    );
}
