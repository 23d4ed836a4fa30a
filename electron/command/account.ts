// `todoku account list|add|set|remove|test`.
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { text as readText } from 'node:stream/consumers';
import { type Account, type AccountInput, defaultPort, type SecretReference, account as schema } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { route } from '../routing/route.js';
import { freeId } from '../station/account-id.js';
import { maildirPath } from '../station/destination.js';
import { openLedger } from '../station/ledger.js';
import type { CommandIo } from './io.js';
import { findAccount, withOffice, withSettings } from './office.js';
import { named, targetOf, warnOfBounces, writeRelaySecret } from './target.js';

type Options = Record<string, unknown>;

export async function listAccounts(io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings, secrets }) => {
    const { accounts } = settings.read();
    if (io.json) io.out(JSON.stringify(accounts));
    else if (accounts.length === 0) io.out(io.language === 'ja' ? 'アカウントはまだありません。' : 'No accounts yet.');
    else for (const one of accounts) io.out(row(one, secrets.known(one.id, one.secret)));
    return 0;
  });
}

function row(one: Account, known: boolean): string {
  const to = one.drop.kind === 'singledrop' ? one.drop.to.join(', ') : `multidrop by ${one.drop.envelope ?? 'Received'}`;
  const flags = [one.security, one.fetch.retention.kind, one.enabled ? '' : 'paused', known ? '' : 'no password'].filter(
    (word) => word !== '',
  );
  return `${one.id}\t${one.name}\t${one.protocol}://${one.user}@${one.host}:${one.port}\t${flags.join(' ')}\t-> ${to}`;
}

export async function addAccount(name: string, options: Options, io: CommandIo): Promise<number> {
  return withOffice(io, async ({ settings, secrets }) => {
    const { accounts } = settings.read();
    if (accounts.some((other) => other.name === name))
      throw new MailError('conflict', `there is an account ${name} already`, false, { name });
    const host = wanted(options.host, '--host');
    const user = wanted(options.user, '--user');
    const drop = dropOf(options) ?? { kind: 'singledrop' as const, to: [user.includes('@') ? user : `${user}@${host}`] };
    const base: AccountInput = { id: freeId(accounts, user, host), name, host, port: 1, user, drop };
    const made = named(check(apply({ ...base }, options)), accounts);
    const secret = await secretOf(options, io);
    await settings.update((current) => ({ ...current, accounts: [...current.accounts, made] }));
    if (secret !== null) await secrets.write(made.id, made.secret, secret);
    await writeRelaySecret(made, options, secrets);
    warnOfBounces(made, options, io);
    return told(made, io);
  });
}

export async function setAccount(word: string, options: Options, io: CommandIo): Promise<number> {
  return withOffice(io, async ({ settings, secrets }) => {
    const before = findAccount(settings.read().accounts, word);
    const drop = dropOf(options) ?? before.drop;
    const after = named(check(apply({ ...before, drop }, options, before)), settings.read().accounts);
    const secret = await secretOf(options, io);
    await settings.update((current) => ({
      ...current,
      accounts: current.accounts.map((other) => (other.id === before.id ? after : other)),
    }));
    if (secret !== null) await secrets.write(after.id, after.secret, secret);
    await writeRelaySecret(after, options, secrets);
    warnOfBounces(after, options, io);
    return told(after, io);
  });
}

export async function removeAccount(word: string, options: Options, io: CommandIo): Promise<number> {
  return withOffice(io, async ({ settings, secrets, home }) => {
    const { accounts, routing } = settings.read();
    const account = findAccount(accounts, word);
    const boxes = (one: Account) =>
      one.drop.kind === 'singledrop'
        ? one.drop.to.flatMap((address) =>
            route(address, routing).targets.flatMap((target) => ('path' in target ? [maildirPath(home.mail, target.path)] : [])),
          )
        : [];
    const shared = new Set(accounts.filter(({ id }) => id !== account.id).flatMap(boxes));
    if (options.deleteMail === true) {
      if (boxes(account).some((box) => shared.has(box)))
        throw new MailError('conflict', `the mailbox of ${account.name} is shared with another account; nothing was removed`, false, {
          account: account.name,
        });
      for (const box of boxes(account)) await rm(box, { recursive: true, force: true });
    }
    await settings.update((current) => ({ ...current, accounts: current.accounts.filter(({ id }) => id !== account.id) }));
    secrets.forget(account.id);
    if (existsSync(home.ledger)) forgetInLedger(home.ledger, account.id);
    io.out(io.json ? JSON.stringify({ removed: account.id }) : `removed ${account.name}`);
    return 0;
  });
}

function forgetInLedger(path: string, account: string): void {
  const ledger = openLedger(path, true);
  ledger.forgetAccount(account);
  ledger.close();
}

export async function testAccountCommand(word: string, io: CommandIo): Promise<number> {
  const { runAccountTest } = await import('./account-test.js');
  return withSettings(io, ({ settings, secrets }) => runAccountTest(findAccount(settings.read().accounts, word), secrets, io));
}

function told(one: Account, io: CommandIo): number {
  io.out(io.json ? JSON.stringify(one) : row(one, true));
  return 0;
}

function check(input: AccountInput): Account {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MailError('usage', `${issue?.path.join('.')}: ${issue?.message}`, false, { name: issue?.path.join('.'), said: issue?.message });
}

function wanted(value: unknown, option: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new MailError('usage', `${option} is missing`, false, { name: option });
}

function dropOf(options: Options): AccountInput['drop'] | null {
  if (typeof options.multidrop === 'string')
    return { kind: 'multidrop', envelope: options.multidrop === 'none' ? null : options.multidrop };
  if (Array.isArray(options.deliverTo)) return { kind: 'singledrop', to: options.deliverTo as string[] };
  return null;
}

/** A port of one's own stays whatever else changes; one that the security implied follows it. */
function portFollows(options: Options, before: Account | undefined): boolean {
  if (options.port !== undefined) return false;
  return before === undefined || before.port === defaultPort(before.protocol, before.security);
}

/** The given options laid over an account. */
function apply(input: AccountInput, options: Options, before?: Account): AccountInput {
  const given = Object.fromEntries(
    ['protocol', 'host', 'port', 'security', 'user', 'auth', 'pin', 'refusal']
      .filter((key) => options[key] !== undefined)
      .map((key) => [key, options[key]]),
  );
  const merged = { ...input, ...given } as AccountInput;
  if (portFollows(options, before)) merged.port = defaultPort(merged.protocol ?? 'pop3', merged.security ?? 'tls');
  const secret = referenceOf(options);
  if (secret !== null) merged.secret = secret;
  else if (before === undefined) merged.secret = { kind: 'file' };
  if (typeof options.pinFile === 'string') merged.pinnedPem = readFileSync(options.pinFile, 'utf8');
  if (options.pause === true) merged.enabled = false;
  if (options.resume === true) merged.enabled = true;
  const target = targetOf(options, input.target);
  if (target !== null) merged.target = target;
  merged.fetch = { ...input.fetch, ...fetchOf(options) };
  return merged;
}

function fetchOf(options: Options): NonNullable<AccountInput['fetch']> {
  const fetch: Record<string, unknown> = {};
  for (const key of ['all', 'sizeLimit', 'maxMessages', 'maxOctets', 'batchLimit', 'timeout', 'interval', 'invisible', 'top'])
    if (options[key] !== undefined) fetch[key] = options[key];
  if (options.keep === true) fetch.retention = { kind: 'keep' };
  if (options.delete === true) fetch.retention = { kind: 'delete' };
  if (typeof options.deleteAfter === 'number') fetch.retention = { kind: 'days', days: options.deleteAfter };
  return fetch;
}

function referenceOf(options: Options): SecretReference | null {
  if (typeof options.passwordCommand === 'string') return { kind: 'command', command: options.passwordCommand };
  return options.passwordStdin === true || typeof options.passwordFile === 'string' ? { kind: 'file' } : null;
}

/** Never from the command line itself: other users of the machine can read it there. */
async function secretOf(options: Options, io: CommandIo): Promise<string | null> {
  if (options.passwordStdin === true) return (await readText(io.stdin)).split(/\r?\n/, 1)[0] ?? '';
  if (typeof options.passwordFile === 'string') return readFileSync(options.passwordFile, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  return null;
}
