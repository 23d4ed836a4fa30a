// From a draft to the account that is saved, and from an account to its draft.
import { type Account, account as accountSchema, defaultPort, type SecretReference } from '../../../shared/account.js';
import { addressOf, blankDraft, type Draft, fromAddressOf, isShown, nameOf, portOf, type SecretKind, sendPortOf } from './draft.js';

const whole = (text: string) => (text.trim() === '' ? 0 : Number(text));
const octetsOf = (megabytes: string) => Math.round(whole(megabytes) * 1e6);
const list = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

/** Throws a ZodError where checkDraft() would have said something. */
export function accountOf(draft: Draft): Account {
  const { base } = draft;
  return accountSchema.parse({
    ...base,
    id: draft.id,
    name: nameOf(draft),
    protocol: draft.protocol,
    host: draft.host.trim(),
    port: Number(portOf(draft)),
    security: draft.security,
    user: draft.user.trim(),
    auth: draft.secretKind === 'token' && !isToken(draft.auth) ? 'xoauth2' : draft.auth,
    secret: referenceOf(draft),
    pin: draft.pin,
    pinnedPem: draft.pinnedPem,
    ...(isShown(draft)
      ? { drop: { kind: 'singledrop', to: [addressOf(draft) || draft.user.trim()] } }
      : { drop: dropOf(draft), target: targetOf(draft) }),
    refusal: draft.refusal,
    fetch: isShown(draft) ? (base?.fetch ?? {}) : fetchOf(draft),
    source: draft.protocol === 'pop3' || draft.source,
    folder: draft.folder.trim() || 'INBOX',
    sending: sendingOf(draft),
    identities: identitiesOf(draft),
  });
}

const isToken = (auth: Account['auth']) => auth === 'xoauth2' || auth === 'oauthbearer';

function referenceOf({ secretKind, command }: Draft): SecretReference {
  if (secretKind === 'command' || secretKind === 'token') return { kind: 'command', command: command.trim() };
  return { kind: secretKind };
}

function dropOf(draft: Draft): Account['drop'] {
  if (!draft.multidrop) return { kind: 'singledrop', to: list(addressOf(draft)) };
  return {
    kind: 'multidrop',
    envelope: draft.envelope.trim() || null,
    skip: whole(draft.skip),
    qvirtual: draft.qvirtual.trim(),
    localDomains: list(draft.localDomains),
    names: Object.fromEntries(pairs(draft.names)),
    useReceived: draft.useReceived,
    useToCc: draft.useToCc,
  };
}

/** Lines of `there = here`. */
export function pairs(text: string): readonly (readonly [string, string])[] {
  return text
    .split('\n')
    .map((line) => line.split('=').map((part) => part.trim()))
    .flatMap(([there, here]) => (there && here ? [[there, here] as const] : []));
}

function targetOf(draft: Draft): Account['target'] {
  const host = draft.targetHost.trim();
  const options = { batchLimit: whole(draft.targetBatch), antispam: list(draft.antispam).map(Number) };
  switch (draft.target) {
    case 'maildir':
      return { kind: 'maildir' };
    case 'smtp':
      return { kind: 'smtp', host, port: Number(draft.targetPort || 25), ...options, ...relaySecurityOf(draft) };
    case 'lmtp':
      return { kind: 'lmtp', host, port: Number(draft.targetPort || 24), socket: draft.socket.trim() || null, ...options };
    case 'imap':
      return { kind: 'imap', account: draft.targetAccount, folder: draft.targetFolder.trim() || 'INBOX' };
  }
}

function relaySecurityOf(draft: Draft): Partial<Extract<Account['target'], { kind: 'smtp' }>> {
  const before = draft.base?.target.kind === 'smtp' ? draft.base.target : null;
  const kind = draft.secretKind === 'command' || draft.secretKind === 'token' ? 'keyring' : draft.secretKind;
  return {
    ...(draft.targetSecurity === 'none' ? {} : { security: draft.targetSecurity }),
    ...(draft.targetLogin ? { login: { user: draft.targetUser.trim(), secret: before?.login?.secret ?? { kind } } } : {}),
    ...(before?.pin === undefined ? {} : { pin: before.pin }),
    ...(before?.pinnedPem === undefined ? {} : { pinnedPem: before.pinnedPem }),
  };
}

function fetchOf(draft: Draft): Account['fetch'] {
  return {
    retention: draft.retention === 'days' ? { kind: 'days', days: Number(draft.days) } : { kind: draft.retention },
    all: draft.all,
    sizeLimit: draft.limited ? octetsOf(draft.megabytes) : 0,
    maxMessages: whole(draft.maxMessages),
    maxOctets: octetsOf(draft.maxMegabytes),
    batchLimit: whole(draft.batchLimit),
    timeout: Number(draft.timeout),
    interval: Math.round(Number(draft.minutes) * 60),
    invisible: draft.invisible,
    top: draft.top,
    tracePolls: draft.tracePolls,
  };
}

function sendingOf(draft: Draft): Account['sending'] {
  if (!draft.sending) return null;
  const own = draft.sendLogin === 'own';
  const kind = draft.secretKind === 'command' || draft.secretKind === 'token' ? 'keyring' : draft.secretKind;
  return {
    host: draft.sendHost.trim(),
    port: Number(sendPortOf(draft)),
    security: draft.sendSecurity,
    user: own ? draft.sendUser.trim() : null,
    secret: own ? (draft.base?.sending?.secret ?? { kind }) : null,
    anonymous: draft.sendLogin === 'none',
    pin: draft.sendPin,
    pinnedPem: draft.sendPinnedPem,
  };
}

/** The first identity is the one shown; others are left as they are. */
function identitiesOf(draft: Draft): Account['identities'] {
  const [first, ...others] = draft.base?.identities ?? [];
  const address = fromAddressOf(draft).trim();
  if (!draft.sending || address === '') return draft.base?.identities ?? [];
  return [{ replyTo: '', ...first, name: draft.fromName.trim(), address, signature: draft.signature.trimEnd() }, ...others];
}

const megabytesOf = (octets: number) => String(octets / 1e6);

export function draftOf(account: Account): Draft {
  const { fetch, sending, drop, target } = account;
  const [identity] = account.identities;
  return {
    ...blankDraft(account.id, secretKindOf(account)),
    base: account,
    stored: true,
    name: account.name,
    protocol: account.protocol,
    host: account.host,
    port: account.port === defaultPort(account.protocol, account.security) ? null : String(account.port),
    security: account.security,
    user: account.user,
    auth: account.auth,
    command: account.secret.kind === 'command' ? account.secret.command : '',
    pin: account.pin,
    pinnedPem: account.pinnedPem,
    source: account.source,
    folder: account.folder,
    ...dropDraft(drop),
    retention: fetch.retention.kind,
    days: fetch.retention.kind === 'days' ? String(fetch.retention.days) : '14',
    minutes: String(fetch.interval / 60),
    limited: fetch.sizeLimit > 0,
    megabytes: fetch.sizeLimit > 0 ? megabytesOf(fetch.sizeLimit) : '50',
    maxMessages: String(fetch.maxMessages),
    maxMegabytes: megabytesOf(fetch.maxOctets),
    batchLimit: String(fetch.batchLimit),
    timeout: String(fetch.timeout),
    all: fetch.all,
    invisible: fetch.invisible,
    top: fetch.top,
    tracePolls: fetch.tracePolls,
    ...targetDraft(target),
    refusal: account.refusal,
    sending: sending !== null,
    fromName: identity?.name ?? '',
    signature: identity?.signature ?? '',
    fromAddress: identity?.address ?? null,
    ...(sending === null ? {} : sendingDraft(sending)),
  };
}

function secretKindOf({ secret, auth }: Account): SecretKind {
  return secret.kind === 'command' && isToken(auth) ? 'token' : secret.kind;
}

function dropDraft(drop: Account['drop']): Partial<Draft> {
  if (drop.kind === 'singledrop') return { multidrop: false, to: drop.to.join(', ') };
  return {
    multidrop: true,
    envelope: drop.envelope ?? '',
    skip: String(drop.skip),
    qvirtual: drop.qvirtual,
    localDomains: drop.localDomains.join(', '),
    names: Object.entries(drop.names)
      .map(([there, here]) => `${there} = ${here}`)
      .join('\n'),
    useReceived: drop.useReceived,
    useToCc: drop.useToCc,
  };
}

function targetDraft(target: Account['target']): Partial<Draft> {
  if (target.kind === 'maildir') return { target: 'maildir' };
  if (target.kind === 'imap') return { target: 'imap', targetAccount: target.account, targetFolder: target.folder };
  const relay = {
    targetHost: target.host,
    targetPort: String(target.port),
    targetBatch: String(target.batchLimit),
    antispam: target.antispam.join(', '),
  };
  if (target.kind === 'lmtp') return { target: 'lmtp', ...relay, socket: target.socket ?? '' };
  const { security = 'none', login } = target;
  return { target: 'smtp', ...relay, targetSecurity: security, targetLogin: login !== undefined, targetUser: login?.user ?? '' };
}

function sendingDraft(sending: NonNullable<Account['sending']>): Partial<Draft> {
  return {
    sendHost: sending.host,
    sendPort: sending.port === defaultPort('smtp', sending.security) ? null : String(sending.port),
    sendSecurity: sending.security,
    sendLogin: sending.anonymous ? 'none' : sending.user === null ? 'same' : 'own',
    sendUser: sending.user ?? '',
    sendPin: sending.pin,
    sendPinnedPem: sending.pinnedPem ?? null,
  };
}

/** A copy to be saved as another account: no secret, no pin of its own history, a new id. */
export function copyOf(account: Account, id: string, name: string): Draft {
  return { ...draftOf(account), base: { ...account, id }, id, stored: false, name };
}
