// What becomes of each option of a fetchmailrc: taken (with what it means here), or not taken (with why).
// The tables are closed over the grammar's names: an option without a fate does not compile.
import type { Option } from './fetchmailrc-grammar.js';
import type { GlobalName, OptionName } from './fetchmailrc-options.js';

export type Fate = { readonly taken: string } | { readonly why: string };
export interface Circumstances {
  readonly protocol: 'pop3' | 'imap';
  readonly multidrop: boolean;
  /** The account delivers to fetchmail's own SMTP or LMTP listener instead of a Maildir. */
  readonly relay: boolean;
  readonly ssl: boolean;
}
type Judge<Name extends string> = (option: Option<Name>, circumstances: Circumstances) => Fate;

const taken = (text: string): Fate => ({ taken: text });
const not = (why: string): Fate => ({ why });
const always = (why: string) => () => not(why);
/** `no x`: already so here. */
const offOnly =
  (why: string) =>
  ({ on }: { readonly on: boolean }): Fate =>
    on ? not(why) : taken('as it always is here');
const forMultidrop =
  (text: string) =>
  (_: unknown, { multidrop }: Circumstances): Fate =>
    multidrop ? taken(text) : not('it matters only for several users in one mailbox (multidrop)');

const unchanged = 'messages are delivered byte for byte, never rewritten';
const ownTls =
  'certificates are checked against the system’s authorities; to trust another one, use Test in the account, which pins its SHA-256';

export const globalFates: Readonly<Record<GlobalName, Judge<GlobalName>>> = {
  daemon: ({ values }) => taken(`every ${values[0]} s`),
  postmaster: ({ values }) =>
    values[0] === ''
      ? not('mail that nobody takes is never thrown away; it goes to the account’s own mailbox')
      : taken('routing: postmaster'),
  bouncemail: ({ on }) =>
    taken(
      on
        ? 'refused mail is bounced to its sender, by the account’s sending server or its SMTP relay; senders may be forged, so without either, and where a bounce could do harm, it goes to the postmaster'
        : 'refused mail goes to the postmaster',
    ),
  spambounce: offOnly('a relay that calls mail spam is never answered with a bounce'),
  softbounce: ({ on }) => taken(on ? 'refused mail stays on the server' : 'refused mail is settled by its policy and leaves the server'),
  syslog: ({ on }) =>
    on ? not('the station keeps its own log in its data folder, and todoku serve prints it for the journal') : taken('no syslog'),
  logfile: always('the station keeps its own log in its data folder'),
  idfile: always('which messages fetchmail had seen is not known here: mail that it left on the server is fetched once more'),
  pidfile: always('the station locks its data folder'),
  invisible: ({ on }) => taken(on ? 'no Received line of ours' : 'our Received line is added'),
  showdots: always('progress is shown in its own way'),
  properties: always('fetchmail ignores it as well'),
};

export const optionFates: Readonly<Record<OptionName, Judge<OptionName>>> = {
  via: () => taken('the host to connect to'),
  protocol: ({ values: [name] }) => {
    if (name === 'pop3' || name === 'imap') return taken(name.toUpperCase());
    if (name === 'apop') return taken('POP3, login by APOP');
    if (name === 'sdps') return taken('POP3; the SDPS envelope is not asked for');
    if (name === 'auto') return taken('POP3 (or IMAP where the port says so); nothing is probed');
    return not(`${name?.toUpperCase()} is not spoken here`);
  },
  service: () => taken('port'),
  port: () => taken('port'),
  timeout: ({ values }) => taken(`${values[0]} s without an answer`),
  interval: ({ values }) => taken(`every ${values[0]} polls, as seconds`),
  tracepolls: ({ on }) => taken(on ? 'the account is named in our Received line' : 'as by default'),
  auth: ({ values: [name] }) => {
    if (name === 'any') return taken('login method: automatic');
    if (name === 'password' || name === 'cram-md5') return taken(`login method: ${name}`);
    return not(`login by ${name} is not spoken here; the method is chosen automatically`);
  },
  envelope: forMultidrop('envelope header'),
  qvirtual: forMultidrop('prefix that is stripped'),
  localdomains: forMultidrop('local domains'),
  aka: forMultidrop('counted among the local domains'),
  dns: offOnly('multidrop compares names only; no name server is asked'),
  checkalias: offOnly('multidrop compares names only; no name server is asked'),
  uidl: () => taken('seen mail is always told by UIDL'),
  'bad-header': ({ values }) =>
    values[0] === 'accept' ? taken('broken headers never stop a message') : not('broken headers never stop a message'),
  principal: always('Kerberos is not spoken here'),
  esmtpname: always('it is for ETRN and ODMR, which are not spoken here'),
  esmtppassword: always('it is for ETRN and ODMR, which are not spoken here'),
  interface: always('network interfaces are not watched; use the desktop’s offline state or pause the account'),
  monitor: always('network interfaces are not watched; use the desktop’s offline state or pause the account'),
  plugin: always('connections are made directly; no command stands between'),
  plugout: always('connections are made directly; no command stands between'),

  password: () => taken('stored apart from the settings'),
  folder: ({ values }, { protocol }) => {
    if (protocol === 'pop3') return not('POP3 has no folders');
    return values.length === 1
      ? taken('folder')
      : not(`an account reads one folder: ${values[0]} is taken, the others need accounts of their own`);
  },
  smtphost: ({ values }, { relay }) =>
    relay
      ? taken(`relay to ${values[0]}`)
      : not('the station delivers into Maildirs itself, which replaces this hop; to keep it, set the account’s target to SMTP or LMTP'),
  smtpaddress: () => taken('domain of names without one'),
  smtpname: () => taken('delivered to this address'),
  lmtp: (_, { relay }) =>
    relay ? taken('relay by LMTP') : not('the station delivers into Maildirs itself; to keep it, set the account’s target to LMTP'),
  antispam: ({ values }, { relay }) => {
    const codes = values.filter((value) => value !== '-1');
    if (codes.length === 0) return taken('no reply counts as a spam block');
    return relay
      ? taken('codes that count as a spam block')
      : not('delivery into a Maildir has no reply codes; they are set at a relay target');
  },
  mda: always('mail is delivered into Maildirs; no command is run on it'),
  bsmtp: always('mail is delivered into Maildirs, not into a batch file'),
  fetchdomains: always('it is for ETRN and ODMR, which are not spoken here'),
  preconnect: always('no command is run before a poll'),
  postconnect: always('no command is run after a poll'),
  keep: ({ on }) => taken(on ? 'mail is kept on the server' : 'deleted from the server after delivery'),
  fetchall: ({ on }) => taken(on ? 'all mail is fetched, not only new mail' : 'only new mail is fetched'),
  flush: offOnly('mail that was not delivered here is never deleted'),
  limitflush: offOnly('mail that was not delivered here is never deleted'),
  rewrite: offOnly(unchanged),
  stripcr: offOnly(unchanged),
  forcecr: offOnly(unchanged),
  pass8bits: offOnly(unchanged),
  dropstatus: offOnly(unchanged),
  dropdelivered: offOnly(unchanged),
  mimedecode: offOnly(unchanged),
  idle: offOnly('mail is fetched at its interval'),
  limit: ({ values }) => taken(`messages over ${values[0]} octets stay on the server`),
  warnings: always('an oversized message is reported once, in the account’s last result'),
  fetchlimit: ({ values }) => taken(`${values[0]} messages a run`),
  fetchsizelimit: always('sizes are always asked for in one command'),
  fastuidl: always('UIDLs are always asked for in one command'),
  batchlimit: (_, { relay }) => taken(relay ? 'messages a relay session' : 'deletes after which the session is closed and opened again'),
  expunge: () => taken('deletes after which the session is closed and opened again'),
  properties: always('fetchmail ignores it as well'),
  ssl: ({ on }) => taken(on ? 'TLS from the first byte' : 'STARTTLS required'),
  sslproto: ({ values: [name] }, { ssl }) => {
    if (name === '') return taken(ssl ? 'TLS 1.2 or newer' : 'no encryption, as the file says');
    return /^(auto|tls1(\.[123])?\+?)$/i.test(name ?? '') ? taken('TLS 1.2 or newer') : not('only TLS 1.2 or newer is spoken');
  },
  sslcertck: ({ on }) => (on ? taken('certificates are always checked') : not(`certificates are always checked; ${ownTls}`)),
  sslcertfile: always(ownTls),
  sslcertpath: always(ownTls),
  sslcommonname: always('the certificate has to carry the server’s own name; use Test in the account to pin another one'),
  sslfingerprint: always('it is an MD5; use Test in the account, which pins the certificate’s SHA-256'),
  sslcert: always('client certificates are not supported'),
  sslkey: always('client certificates are not supported'),
};
