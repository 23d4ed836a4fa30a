// Apple's .mobileconfig -> accounts: the payloads of type com.apple.mail.managed, signed or not.
import { type AccountInput, defaultPort, type Protocol, type Security } from '../../shared/account.js';
import { Draft, ownAddress } from './draft.js';
import type { Imported } from './imported.js';
import { type Plist, readPlist } from './markup.js';

export function importMobileconfig(bytes: string, secret: 'file' | 'keyring' = 'file'): Imported {
  const draft = new Draft();
  const root = readPlist(bytes);
  const payloads = asList(asDict(root).PayloadContent).map(asDict);
  if (payloads.length === 0) draft.refuse(null, 'PayloadContent', 'the profile has no payloads');
  for (const payload of payloads) {
    const type = text(payload, 'PayloadType');
    if (type === 'com.apple.mail.managed') addAccount(payload, draft, secret);
    else draft.refuse(null, type || 'a payload without a type', 'it is not a mail account');
  }
  return draft.imported();
}

type Dict = { readonly [key: string]: Plist };

function asDict(value: Plist | undefined): Dict {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Dict) : {};
}
function asList(value: Plist | undefined): readonly Plist[] {
  return Array.isArray(value) ? value : [];
}
function text(dict: Dict, key: string): string {
  const value = Object.hasOwn(dict, key) ? dict[key] : '';
  return typeof value === 'string' ? value : '';
}

/** UseSSL says that TLS is used, the port says how: a plain port means STARTTLS. */
function securityOf(ssl: boolean, port: number): Security {
  if (!ssl) return 'none';
  return [110, 143, 25, 587].includes(port) ? 'starttls' : 'tls';
}

function addAccount(payload: Dict, draft: Draft, kept: 'file' | 'keyring'): void {
  const protocol: Protocol = text(payload, 'EmailAccountType') === 'EmailTypePOP' ? 'pop3' : 'imap';
  const [host, address] = [text(payload, 'IncomingMailServerHostName'), text(payload, 'EmailAddress')];
  const user = text(payload, 'IncomingMailServerUsername') || address;
  const given = Number(text(payload, 'IncomingMailServerPortNumber')) || 0;
  const security = securityOf(payload.IncomingMailServerUseSSL === true, given);
  const label = text(payload, 'EmailAccountDescription') || address || host;
  const authentication = text(payload, 'IncomingMailServerAuthentication');
  if (user === '') {
    draft.refuse(null, label, 'the profile asks for the user when it is installed: add the account by hand');
    return;
  }
  draft.add(
    null,
    label,
    {
      name: label,
      protocol,
      host,
      user,
      security,
      port: given || defaultPort(protocol, security),
      auth: authentication === 'EmailAuthCRAMMD5' ? 'cram-md5' : 'auto',
      drop: { kind: 'singledrop', to: [address || ownAddress(user, host)] },
      sending: sendingOf(payload),
      identities: address === '' ? [] : [{ name: text(payload, 'EmailAccountName'), address }],
    },
    text(payload, 'IncomingPassword') || null,
    kept,
  );
  if (text(payload, 'OutgoingPassword') !== '')
    draft.refuse(null, `${label}: OutgoingPassword`, 'enter it in the account; the incoming password is used until then');
  if (payload.SMIMEEnabled === true) draft.refuse(null, `${label}: SMIMEEnabled`, 'S/MIME is not supported');
}

function sendingOf(payload: Dict): AccountInput['sending'] {
  const host = text(payload, 'OutgoingMailServerHostName');
  if (host === '') return null;
  const given = Number(text(payload, 'OutgoingMailServerPortNumber')) || 0;
  const security = securityOf(payload.OutgoingMailServerUseSSL === true, given);
  return {
    host,
    port: given || defaultPort('smtp', security),
    security,
    user: text(payload, 'OutgoingMailServerUsername') || null,
    anonymous: text(payload, 'OutgoingMailServerAuthentication') === 'EmailAuthNone',
  };
}
