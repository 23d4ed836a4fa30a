// Failure sentences, English.
import type { Failure } from './error.js';
import { type Dictionary, type Phrases, place, type Words } from './failure-phrase.js';

const phrases: Phrases = {
  dns: (_, w) => [`The name ${w.host} was not found.${w.said}`, 'Check the spelling of the server name, and that this machine is online.'],
  refused: (_, w) => [
    `${w.server} refused the connection: nothing listens there.`,
    'Check the port and the security choice: POP3 995 (TLS) or 110, IMAP 993 or 143.',
  ],
  unreachable: (_, w) => [
    `${w.server} cannot be reached from here.${w.said}`,
    'Check the network, the VPN and the firewall. The next poll tries again.',
  ],
  'connection-lost': (_, w) => [
    `${w.server} closed the connection before the work was done.${w.said}`,
    'Nothing was lost: what was not confirmed stays on the server. The next poll tries again.',
  ],
  timeout: (_, w) => [
    `${w.server} did not answer${w.seconds}.`,
    'The next poll tries again. If the server is only slow, raise the account’s timeout.',
  ],
  proxy: (_, w) => [`The proxy did not open a way to ${w.server}.${w.said}`, 'Check the proxy’s address and whether it allows this port.'],
  tls: (_, w) => [
    `The TLS handshake with ${w.server} failed.${w.said}`,
    'Run the account’s Test to see the step; the server may only offer versions older than TLS 1.2.',
  ],
  'tls-untrusted': (f, w) => [
    `The certificate of ${w.server} is not signed by an authority this machine trusts.${fingerprint(f)}`,
    'If you know this server, compare the fingerprint with its operator’s and choose Trust this certificate. No password was sent.',
  ],
  'tls-name': (f, w) => [
    `The certificate of ${w.server} is for ${f.name ?? 'another name'}.`,
    `Enter the server name that the certificate carries${f.name === undefined ? '' : ` (${f.name})`}, or ask the operator. No password was sent.`,
  ],
  'tls-expired': (_, w) => [
    `The certificate of ${w.server} has expired or is not valid yet.${w.said}`,
    'Check this machine’s clock. If it is right, the operator has to renew the certificate. No password was sent.',
  ],
  'tls-pin-changed': (f, w) => [
    `${w.server} shows another certificate than the one you trusted.${fingerprint(f)}`,
    'The account is stopped. Ask the operator whether the certificate was renewed before you trust the new one. No password was sent.',
  ],
  'tls-not-spoken': (_, w) => [
    `${w.server} does not speak TLS on this port; it answered in plain text.${w.said}`,
    'Choose STARTTLS (POP3 110, IMAP 143) or the TLS port (995, 993).',
  ],
  'tls-on-plain-port': (_, w) => [
    `${w.server} expects TLS from the first byte.`,
    'Choose TLS as the security of this account, or the plain port (POP3 110, IMAP 143, SMTP 587).',
  ],
  'starttls-missing': (_, w) => [
    `${w.server} does not offer STARTTLS, and this account requires it. No password was sent.`,
    'Try TLS on port 995 (POP3) or 993 (IMAP). “None” sends the password in clear: only for a server on this machine or a network you trust.',
  ],
  'starttls-refused': (_, w) => [
    `${w.server} offers STARTTLS but refused to start it. No password was sent.${w.said}`,
    'Try TLS on port 995 (POP3) or 993 (IMAP), or tell the operator.',
  ],
  greeting: (_, w) => [
    `${w.server} did not greet as a mail server does.${w.said}`,
    'Check host and port: another service may be answering.',
  ],
  protocol: (_, w) => [
    `${w.server} answered something that the protocol does not allow.${w.said}`,
    'The mail stays on the server. The transcript shows the exchange; the next poll tries again.',
  ],
  limit: (_, w) => [
    `${w.server} sent more than the limit allows${w.limit}.`,
    'The rest was not read and stays on the server. If it happens again, look at the transcript.',
  ],
  'server-refused': (_, w) => [
    `${w.server} refused the command.${w.said}`,
    'The next poll tries again. The transcript shows the exchange.',
  ],
  'server-busy': (_, w) => [`${w.server} is too busy at the moment.${w.said}`, 'Nothing to do: the next poll tries again.'],
  'mailbox-busy': (_, w) => [
    `${w.host} has the mailbox of ${w.user} locked: another program is reading it.${w.said}`,
    'The password is not at fault. Close the other mail program, or wait for the next poll.',
  ],
  'login-delay': (_, w) => [
    `${w.host} allows ${w.user} to log in only at intervals${w.seconds}.${w.said}`,
    'The schedule honours the delay; the next poll comes after it.',
  ],
  'server-temporary': (_, w) => [`${w.server} has a fault that it calls temporary.${w.said}`, 'The next poll tries again.'],
  'server-permanent': (_, w) => [
    `${w.server} has a fault that it calls permanent.${w.said}`,
    'Trying again will not help by itself: tell the operator what it said.',
  ],
  auth: (_, w) => [
    `${w.host} refused the password of ${w.user}.${w.said}`,
    'Check user name and password. Some providers want an app password, or POP access switched on in their settings.',
  ],
  'auth-in-clear': (_, w) => [
    `${w.server} would get the password of ${w.user} unencrypted; it was not sent.`,
    'Choose TLS or STARTTLS. Choose “None” only for a server on this machine or a network you trust.',
  ],
  'auth-unsupported': (f, w) => [
    `${w.server} does not offer ${f.name === undefined ? 'the chosen way to log in' : `${f.name} as a way to log in`}.${w.said}`,
    'Set the login method to automatic, or to one that Test lists.',
  ],
  'quit-refused': (_, w) => [
    `${w.server} did not confirm the end of the session, so it may not have deleted what it was told to.${w.said}`,
    'The mail is delivered here and will not be delivered again. The deletions are repeated at the next poll.',
  ],
  'disk-full': (_, w) => [
    `There is no space left for ${w.path}.`,
    'Make room on the disk. The mail stays on the server and comes with the next poll.',
  ],
  'not-writable': (_, w) => [
    `${w.path} cannot be written.${w.said}`,
    'Check who owns the folder and its permissions. The mail stays on the server until then.',
  ],
  maildir: (_, w) => [
    `${w.path} is not a usable Maildir.${w.said}`,
    'It needs the folders cur, new and tmp, on one file system. The mail stays on the server.',
  ],
  locked: (f, w) => [
    `Another Todoku is running on this data folder${f.name === undefined ? '' : ` (process ${f.name})`}: ${w.path}.${f.said === undefined ? '' : ` It could not be joined: ${f.said}.`}`,
    'Use the running one, or stop it first.',
  ],
  permissions: (f, w) => [
    f.said === undefined ? `${w.path} may be read by others, and it holds passwords.` : f.said,
    `Run chmod 600 ${f.path ?? 'FILE'}, or repeat the command with --force to go on as it is.`,
  ],
  'settings-corrupt': (_, w) => [
    `The settings file could not be read and was set aside: ${w.path}.${w.said}`,
    'The last good copy is in use. Look through the accounts; the damaged file is kept for comparison.',
  ],
  'settings-newer': (_, w) => [
    `The settings were written by a newer Todoku: ${w.path}.`,
    'Update Todoku, or start it with another data folder (--home). Nothing was changed.',
  ],
  'ledger-corrupt': (_, w) => [
    `The ledger of delivered mail is damaged: ${w.path}.${w.said}`,
    'It is rebuilt from the names of the delivered files, so mail is not delivered twice.',
  ],
  'ledger-newer': (_, w) => [
    `The ledger was written by a newer Todoku: ${w.path}.`,
    'Update Todoku, or start it with another data folder (--home).',
  ],
  'secret-missing': (_, w) => [
    `The password of ${w.user} is not stored, or the keyring does not give it.`,
    'Enter the password in the account, or with: todoku account set.',
  ],
  'secret-command': (_, w) => [
    `The password command of ${w.user} failed.${w.said}`,
    'Run the command in a terminal: it has to print the password on its first line and end with 0.',
  ],
  'credentials-invalid': (_, w) => [
    `The user name or password of ${w.user} contains a line break or another control character.`,
    'Enter it again; a copied password often carries a line break.',
  ],
  io: (_, w) => [
    `Reading or writing ${w.path} failed.${w.said}`,
    'Check the disk and the folder’s permissions. The next poll tries again.',
  ],
  'scanner-unavailable': (_, w) => [
    `The virus scanner does not answer${at(w)}.${w.said}`,
    'No mail is fetched while scanning is required. Start clamd, check its socket in Station, or set scanning to optional.',
  ],
  'scanner-blind': (_, w) => [
    `The virus scanner answers but does not find the test virus${at(w)}.${w.said}`,
    'It would let anything pass, so no mail is fetched. Check its signatures (freshclam) and its temporary folder, then Test.',
  ],
  'scan-failed': (_, w) => [
    `A message could not be scanned.${w.said}`,
    'It stays on the server and is tried again; after three failures it is put in Problems.',
  ],
  'recipient-refused': (f, w) => [
    f.said === undefined ? `${w.name} is not an address that takes mail here.` : `${w.name} was refused: ${f.said}`,
    'Add a mailbox or an alias for the address, or change what happens to refused mail in the account.',
  ],
  'relay-temporary': (_, w) => [
    `The relay ${w.server} cannot take the message now.${w.said}`,
    'The mail stays on the server; the next poll tries again.',
  ],
  'relay-permanent': (_, w) => [
    `The relay ${w.server} refused the message for good.${w.said}`,
    'The account’s choice for refused mail applies. Check the relay’s own rules and limits.',
  ],
  'relay-doubt': (_, w) => [
    `The answer of ${w.server} to a message was lost.${w.said}`,
    'It is sent again, so that nothing is lost; it may arrive twice. After three lost answers it is put in Problems.',
  ],
  'sending-missing': () => [
    'This account has no sending server.',
    'Add one under Sending in the account’s settings, then choose Send now. The message is kept.',
  ],
  'sending-unknown': (_, w) => [
    `The message was handed over, but the server’s answer was lost: it may have been sent.${w.said}`,
    'Look for it at a recipient or in the server’s log, then choose Send again (it may arrive twice) or Treat as sent.',
  ],
  'sending-refused': (_, w) => [
    `The sending server refused the message or some of its recipients.${w.said}`,
    'Recipients that were accepted have it and do not get it again. Edit the message, or remove it here.',
  ],
  delivery: (_, w) => [
    `The message could not be delivered to ${w.path}.${w.said}`,
    'The mail stays on the server; the next poll tries again.',
  ],
  'message-refused': (_, w) => [
    `${w.server} did not hand over one message.${w.said}`,
    'The others were fetched. After three failures it is listed in Problems, with what can be done.',
  ],
  'message-too-big': (_, w) => [
    `A message is larger than the limit${w.limit}.`,
    'It stays on the server. Raise the limit in the account to fetch it.',
  ],
  unparsable: (_, w) => [`A message could not be taken apart.${w.said}`, 'It is kept as it came; Source shows its bytes.'],
  usage: (f) => [f.message, 'todoku --help lists what can be asked.'],
  'not-found': (_, w) => [`${w.name} does not exist, or no longer.`, 'Look at the current list; it may have been moved or removed.'],
  conflict: (_, w) => [`${w.name} was changed by someone else meanwhile.${w.said}`, 'Look at it again, then repeat.'],
  forbidden: (f) => [`This is not allowed: ${f.message}.`, 'Open Todoku from its own window or with the address it printed.'],
  cancelled: () => ['It was stopped before the end.', 'Nothing was lost: what was not confirmed stays on the server.'],
  internal: (f) => [
    `Something unexpected happened: ${f.message}.`,
    'The mail is kept. The log has the details; the next poll tries again.',
  ],
};

function fingerprint(failure: Failure): string {
  return failure.fingerprint === undefined ? '' : ` Its SHA-256 fingerprint is ${failure.fingerprint}.`;
}

function at(words: Words): string {
  return words.path === 'a file' ? '' : ` at ${words.path}`;
}

function words(failure: Failure): Words {
  return {
    server: place(failure) ?? 'The server',
    host: failure.host ?? 'The server',
    user: failure.user ?? 'this account',
    path: failure.path ?? 'a file',
    name: failure.name ?? 'It',
    seconds: failure.seconds === undefined ? '' : ` (${failure.seconds} s)`,
    limit: failure.limit === undefined ? '' : ` (${failure.limit})`,
    said: failure.said === undefined || failure.said === '' ? '' : ` It said: “${failure.said}”.`,
  };
}

export const english: Dictionary = {
  phrases,
  words,
  steps: {
    begin: 'start',
    scanner: 'scanner check',
    connect: 'connecting',
    secret: 'getting the password',
    dns: 'name look-up',
    tcp: 'connecting',
    tls: 'TLS',
    starttls: 'STARTTLS',
    greeting: 'greeting',
    capabilities: 'capabilities',
    open: 'opening the connection',
    select: 'opening the folder',
    mailbox: 'mailbox',
    command: 'command',
    stat: 'mailbox',
    append: 'appending',
    search: 'searching',
    idle: 'waiting for mail',
    fetch: 'retrieving',
    flag: 'setting flags',
    move: 'moving',
    copy: 'copying',
    create: 'making a folder',
    rename: 'renaming a folder',
    folders: 'listing folders',
    status: 'status',
    login: 'login',
    list: 'listing',
    retrieve: 'retrieving',
    spool: 'saving',
    route: 'routing',
    scan: 'scanning',
    hand: 'handing on',
    handed: 'handing on',
    seal: 'delivering',
    link: 'delivering',
    synced: 'delivering',
    record: 'recording',
    delete: 'deleting',
    quit: 'ending the session',
    end: 'end',
  },
  prefix(account, step) {
    const parts = [account, step].filter((part) => part !== undefined);
    return parts.length === 0 ? '' : `${parts.join(', ')}: `;
  },
};
