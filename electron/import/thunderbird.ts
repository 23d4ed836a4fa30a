// Thunderbird's prefs.js -> accounts with their identities and sending servers. Passwords are elsewhere and not read.
import { type AccountInput, defaultPort, type Protocol, type Security } from '../../shared/account.js';
import { Draft } from './draft.js';
import type { Imported } from './imported.js';

type Prefs = ReadonlyMap<string, string | number | boolean>;

function readPrefs(text: string): Prefs {
  const prefs = new Map<string, string | number | boolean>();
  for (const found of text.matchAll(/^\s*user_pref\(\s*("(?:[^"\\]|\\.)*")\s*,\s*("(?:[^"\\]|\\.)*"|-?\d+|true|false)\s*\)\s*;/gm)) {
    try {
      prefs.set(String(JSON.parse(found[1] ?? '""')), JSON.parse(found[2] ?? '""') as string | number | boolean);
    } catch {
      // JavaScript's \x escapes, which JSON does not have: no setting that is read here is written so.
    }
  }
  return prefs;
}

/** nsMsgSocketType: plain, (2) always STARTTLS, SSL; 1 was "STARTTLS if available". */
const securities: readonly Security[] = ['none', 'starttls', 'starttls', 'tls'];
/** nsMsgAuthMethod. */
const auths: Readonly<Record<number, AccountInput['auth']>> = { 3: 'password', 4: 'cram-md5', 10: 'xoauth2' };

export function importThunderbird(text: string): Imported {
  const draft = new Draft();
  const prefs = readPrefs(text);
  const ids = String(prefs.get('mail.accountmanager.accounts') ?? '')
    .split(',')
    .filter((id) => id !== '');
  if (ids.length === 0) draft.refuse(null, 'mail.accountmanager.accounts', 'the file lists no accounts');
  for (const id of ids) addAccount(id, prefs, draft);
  return draft.imported();
}

function addAccount(id: string, prefs: Prefs, draft: Draft): void {
  const server = `mail.server.${String(prefs.get(`mail.account.${id}.server`) ?? '')}`;
  const text = (name: string): string => String(prefs.get(`${server}.${name}`) ?? '');
  const number = (name: string): number => Number(prefs.get(`${server}.${name}`) ?? 0) || 0;
  const type = text('type');
  const label = `${id} ${text('name') || text('hostname')}`.trim();
  if (type === 'none') return;
  if (type !== 'pop3' && type !== 'imap') {
    draft.refuse(null, label, `an account of type ${type || 'unknown'} is not mail fetched here`);
    return;
  }
  const protocol: Protocol = type;
  const [host, user] = [text('realhostname') || text('hostname'), text('realuserName') || text('userName')];
  const security = securities[number('socketType')] ?? 'none';
  const identities = identitiesOf(id, prefs);
  const address = identities[0]?.address ?? (user.includes('@') ? user : `${user}@${host}`);
  if (number('socketType') === 1) draft.take(null, `${label}: STARTTLS “if available” is STARTTLS required here`);
  draft.add(
    null,
    label,
    {
      name: text('name') || address,
      protocol,
      host,
      user,
      security,
      port: number('port') > 0 ? number('port') : defaultPort(protocol, security),
      auth: auths[number('authMethod')] ?? 'auto',
      drop: { kind: 'singledrop', to: [address] },
      fetch: {
        retention: retentionOf(prefs, server, protocol),
        interval: (number('check_time') || 10) * 60,
        sizeLimit: prefs.get(`${server}.limit_offline_message_size`) === true ? (number('max_size') || 50) * 1024 : 0,
      },
      sending: sendingOf(id, prefs),
      identities,
    },
    null,
    'file',
  );
  draft.refuse(null, `${label}: password`, 'Thunderbird keeps it sealed; it will be asked for');
}

/** POP3 deletes unless it is told to leave mail on the server; IMAP always leaves it there. */
function retentionOf(prefs: Prefs, server: string, protocol: Protocol): NonNullable<AccountInput['fetch']>['retention'] {
  if (protocol === 'imap') return { kind: 'keep' };
  if (prefs.get(`${server}.leave_on_server`) !== true) return { kind: 'delete' };
  const days = Number(prefs.get(`${server}.num_days_to_leave_on_server`) ?? 7) || 7;
  return prefs.get(`${server}.delete_by_age_from_server`) === true
    ? { kind: 'days', days: Math.min(Math.max(days, 1), 3650) }
    : { kind: 'keep' };
}

function identityIds(id: string, prefs: Prefs): readonly string[] {
  return String(prefs.get(`mail.account.${id}.identities`) ?? '')
    .split(',')
    .filter((one) => one !== '');
}

function identitiesOf(id: string, prefs: Prefs) {
  return identityIds(id, prefs).flatMap((one) => {
    const text = (name: string): string => String(prefs.get(`mail.identity.${one}.${name}`) ?? '');
    const signature = prefs.get(`mail.identity.${one}.htmlSigFormat`) === true ? '' : text('htmlSigText');
    return text('useremail') === '' ? [] : [{ name: text('fullName'), address: text('useremail'), replyTo: text('reply_to'), signature }];
  });
}

function sendingOf(id: string, prefs: Prefs): AccountInput['sending'] {
  const [identity] = identityIds(id, prefs);
  const smtp = String(prefs.get(`mail.identity.${identity}.smtpServer`) ?? '') || String(prefs.get('mail.smtp.defaultserver') ?? '');
  const text = (name: string): string => String(prefs.get(`mail.smtpserver.${smtp}.${name}`) ?? '');
  if (text('hostname') === '') return null;
  const security = securities[Number(text('try_ssl')) || 0] ?? 'none';
  return {
    host: text('hostname'),
    port: Number(text('port')) || defaultPort('smtp', security),
    security,
    user: text('username') || null,
    anonymous: text('authMethod') === '1',
  };
}
