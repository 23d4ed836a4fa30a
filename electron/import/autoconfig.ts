// Thunderbird's autoconfig XML (config-v1.1) from disk -> one account. The address of the user is not in such a file.
import { type AccountInput, defaultPort, type Protocol, type Security } from '../../shared/account.js';
import { Draft } from './draft.js';
import type { Imported } from './imported.js';
import { children, type Node, readXml, textOf } from './markup.js';

const securities: Readonly<Record<string, Security>> = { plain: 'none', starttls: 'starttls', ssl: 'tls' };
const auths: Readonly<Record<string, AccountInput['auth']>> = { 'password-encrypted': 'cram-md5', oauth2: 'xoauth2' };

/** `address`: whose account it will be; without it the placeholders stay and are reported. */
export function importAutoconfig(text: string, address: string | null = null): Imported {
  const draft = new Draft();
  const [config] = children(readXml(text), 'clientConfig');
  const [provider] = children(config?.inner ?? [], 'emailProvider');
  const incoming = children(provider?.inner ?? [], 'incomingServer');
  if (incoming.length === 0) draft.refuse(null, 'incomingServer', 'the file names no incoming server');
  // POP3 first: the first of them is the account, the others are other ways to the same mail.
  const sorted = [...incoming].sort((one, other) => Number(one.attributes.type !== 'pop3') - Number(other.attributes.type !== 'pop3'));
  for (const [index, { inner, attributes }] of sorted.entries()) {
    const type = String(attributes.type ?? '');
    const host = value(inner, 'hostname');
    if (type !== 'pop3' && type !== 'imap') draft.refuse(null, `incomingServer ${type} ${host}`, 'it is not POP3 or IMAP');
    else if (index > 0) draft.refuse(null, `incomingServer ${type} ${host}`, 'another way to the same mail; one is enough');
    else addAccount(type, inner, provider?.inner ?? [], address, draft);
  }
  return draft.imported();
}

function value(nodes: readonly Node[], tag: string): string {
  return textOf(children(nodes, tag)[0]?.inner ?? []);
}

function filled(text: string, address: string | null): string {
  if (address === null) return text;
  const at = address.lastIndexOf('@');
  return text
    .replaceAll('%EMAILADDRESS%', address)
    .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', address.slice(at + 1));
}

function addAccount(protocol: Protocol, inner: readonly Node[], provider: readonly Node[], address: string | null, draft: Draft): void {
  const security = securities[value(inner, 'socketType').toLowerCase()] ?? 'tls';
  const user = filled(value(inner, 'username'), address) || '%EMAILADDRESS%';
  if (user.includes('%')) draft.refuse(null, user, 'the file is for every user of its provider: enter your own name as the account’s user');
  const host = filled(value(inner, 'hostname'), address);
  const name = filled(value(provider, 'displayShortName') || value(provider, 'displayName'), address) || host;
  const [pop3] = children(inner, 'pop3');
  const days = Number(value(pop3?.inner ?? [], 'daysToLeaveMessagesOnServer')) || 0;
  const leave = value(pop3?.inner ?? [], 'leaveMessagesOnServer') !== 'false';
  draft.add(
    null,
    `incomingServer ${protocol} ${host}`,
    {
      name,
      protocol,
      host,
      user,
      security,
      port: Number(value(inner, 'port')) || defaultPort(protocol, security),
      auth: auths[value(inner, 'authentication').toLowerCase()] ?? 'auto',
      drop: { kind: 'singledrop', to: [address ?? (user.includes('@') ? user : `${user}@${host}`)] },
      fetch: { retention: !leave ? { kind: 'delete' } : days > 0 ? { kind: 'days', days: Math.min(days, 3650) } : { kind: 'keep' } },
      sending: sendingOf(provider, address),
    },
    null,
    'file',
  );
}

function sendingOf(provider: readonly Node[], address: string | null): AccountInput['sending'] {
  const [outgoing] = children(provider, 'outgoingServer');
  if (outgoing === undefined) return null;
  const security = securities[value(outgoing.inner, 'socketType').toLowerCase()] ?? 'starttls';
  const user = filled(value(outgoing.inner, 'username'), address);
  return {
    host: filled(value(outgoing.inner, 'hostname'), address),
    port: Number(value(outgoing.inner, 'port')) || defaultPort('smtp', security),
    security,
    user: user === '' || user.includes('%') ? null : user,
    anonymous: value(outgoing.inner, 'authentication').toLowerCase() === 'none',
  };
}
