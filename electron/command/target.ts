// The options of `account add|set` that say where an account hands its mail, and what bounces mean.
import { readFileSync } from 'node:fs';
import type { Account, AccountInput } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { Secrets } from '../station/secrets.js';
import type { CommandIo } from './io.js';
import { findAccount } from './office.js';

type Options = Record<string, unknown>;
type Target = NonNullable<AccountInput['target']>;

/** `maildir`, `smtp:HOST[:PORT]`, `lmtp:PATH`, `lmtp:HOST[:PORT]`, `imap:ACCOUNT[/FOLDER]`. Throws MailError `usage`. */
export function parseTarget(text: string): Target {
  if (text === 'maildir') return { kind: 'maildir' };
  const [, kind, rest = ''] = /^(smtp|lmtp|imap):(.+)$/s.exec(text) ?? [];
  if (kind === 'imap') {
    const [account = '', ...folder] = rest.split('/');
    return { kind, account, ...(folder.length === 0 ? {} : { folder: folder.join('/') }) };
  }
  if (kind === 'lmtp' && rest.startsWith('/')) return { kind, socket: rest };
  const [, host, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(rest) ?? [];
  if ((kind === 'smtp' || kind === 'lmtp') && host !== undefined)
    return { kind, host: host.replace(/^\[|\]$/g, ''), ...(port === undefined ? {} : { port: Number(port) }) };
  throw new MailError(
    'usage',
    `--target ${text}: maildir, smtp:HOST[:PORT], lmtp:SOCKET, lmtp:HOST[:PORT] or imap:ACCOUNT[/FOLDER] is wanted`,
    false,
    { name: '--target', said: text },
  );
}

/** The target that the options make; null where they say nothing of it. Throws MailError `usage`. */
export function targetOf(options: Options, before: Target | undefined): Target | null {
  const made = typeof options.target === 'string' ? parseTarget(options.target) : before;
  const own = ['antispam', 'relayBatch', 'relaySecurity', 'relayUser', 'relayPasswordFile', 'relayPasswordCommand'];
  if (!own.some((name) => options[name] !== undefined)) return typeof options.target === 'string' ? (made ?? null) : null;
  if (made === undefined || (made.kind !== 'smtp' && made.kind !== 'lmtp'))
    throw new MailError('usage', 'the options of a relay need --target smtp:... or lmtp:...', false, { name: '--target' });
  const shared = {
    ...(options.antispam === undefined ? {} : { antispam: codes(String(options.antispam)) }),
    ...(options.relayBatch === undefined ? {} : { batchLimit: Number(options.relayBatch) }),
  };
  return made.kind === 'lmtp' ? { ...made, ...shared } : { ...made, ...shared, ...security(options), ...login(options, made) };
}

function security(options: Options): object {
  return options.relaySecurity === undefined ? {} : { security: options.relaySecurity };
}

function login(options: Options, before: Extract<Target, { kind: 'smtp' }>): object {
  const user = options.relayUser ?? before.login?.user;
  if (user === undefined) return {};
  const secret =
    typeof options.relayPasswordCommand === 'string'
      ? { kind: 'command', command: options.relayPasswordCommand }
      : typeof options.relayPasswordFile === 'string'
        ? { kind: 'file' }
        : (before.login?.secret ?? { kind: 'file' });
  return { login: { user, secret } };
}

function codes(text: string): number[] {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== '-1')
    .map(Number);
}

/** An IMAP target by its id, however it was named. Throws MailError `not-found`. */
export function named(account: Account, accounts: readonly Account[]): Account {
  const { target } = account;
  return target.kind === 'imap' ? { ...account, target: { ...target, account: findAccount(accounts, target.account).id } } : account;
}

/** The first line of --relay-password-file. Durable when it resolves. */
export async function writeRelaySecret({ id, target }: Account, options: Options, secrets: Secrets): Promise<void> {
  if (typeof options.relayPasswordFile !== 'string' || target.kind !== 'smtp' || target.login === undefined) return;
  const secret = readFileSync(options.relayPasswordFile, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  await secrets.write(id, target.login.secret, secret, 'relay');
}

const warning = {
  en: 'bounces: senders of spam and worms are forged. A bounce to a forged sender reaches a stranger and makes this station a part of an attack.',
  ja: '返送：迷惑メールやワームの差出人は偽られています。偽られた差出人への返送は無関係の人に届き、攻撃に加担することになりかねません。',
} as const;
const noWay = {
  en: 'bounces: the account has neither a sending server nor an SMTP relay, so none can be sent: refused mail goes to the postmaster.',
  ja: '返送：アカウントに送信サーバーも SMTP リレーもないため返送できません。拒否したメールは postmaster へ配送します。',
} as const;

/** On standard error, when bounces were asked for. */
export function warnOfBounces(account: Account, options: Options, io: CommandIo): void {
  if (options.refusal !== 'bounce') return;
  io.err(warning[io.language]);
  if (account.sending === null && account.target.kind !== 'smtp') io.err(noWay[io.language]);
}
