// fetchmailrc -> accounts. Pure: text in; accounts, passwords, and a line for every option out.
import type { Account } from '../../shared/account.js';
import {
  accountOf,
  type Chosen,
  choose,
  describe,
  type FetchmailrcOptions,
  isMultidrop,
  protocolOf,
  routingOf,
} from './fetchmailrc-account.js';
import { type Circumstances, type Fate, globalFates, optionFates } from './fetchmailrc-fate.js';
import { type Option, parseFetchmailrc, type Rc, type RcEntry, type RcUser } from './fetchmailrc-grammar.js';
import type { Imported, NotTaken } from './imported.js';

const nobody: RcUser = { remote: null, local: [], wildcard: false, options: [], line: 0 };

/** Throws MailError `usage` with line and column where the grammar is broken. */
export function importFetchmailrc(text: string, options: FetchmailrcOptions = {}): Imported {
  const rc = parseFetchmailrc(text);
  const report = new Report();
  for (const global of rc.globals) report.note(`set ${show(global)}`, global.line, globalFates[global.name](global, settled(options)));
  const accounts: Account[] = [];
  const secrets: Record<string, string> = {};
  const defaults = rc.entries.find(({ kind }) => kind === 'defaults') ?? null;
  if (defaults !== null) report.options([...defaults.server, ...(defaults.users[0]?.options ?? [])], defaultsOf(defaults, options));
  for (const { entry, user, chosen, own } of usersOf(rc, defaults)) {
    report.options(own, circumstancesOf(chosen, user, options));
    const shown = `${entry.kind} ${entry.name}${user.remote === null ? '' : ` user ${user.remote}`}`;
    const found = accountOf(rc, entry, user, chosen, options, new Set(accounts.map(({ id }) => id)));
    const password = chosen.get('password')?.values[0];
    report.note(shown, user.line, 'why' in found ? found : { taken: describe(found, password !== undefined, user) });
    if ('why' in found) continue;
    accounts.push(found);
    if (password !== undefined) secrets[found.id] = password;
  }
  return { accounts, routing: routingOf(rc), secrets, taken: report.taken, notTaken: report.notTaken };
}

class Report {
  readonly taken: string[] = [];
  readonly notTaken: NotTaken[] = [];

  note(text: string, line: number, fate: Fate): void {
    if ('why' in fate) this.notTaken.push({ line, text, why: fate.why });
    else this.taken.push(`line ${line}: ${text}: ${fate.taken}`);
  }
  options(options: readonly Option[], circumstances: Circumstances): void {
    for (const option of options) this.note(show(option), option.line, optionFates[option.name](option, circumstances));
  }
}

interface Described {
  readonly entry: RcEntry;
  readonly user: RcUser;
  /** With the defaults under it. */
  readonly chosen: Chosen;
  /** Its own options, the server's with the first user. */
  readonly own: readonly Option[];
}

function usersOf(rc: Rc, defaults: RcEntry | null): readonly Described[] {
  const base = defaults?.users[0] ?? nobody;
  return rc.entries
    .filter(({ kind }) => kind !== 'defaults')
    .flatMap((entry) => {
      const users = entry.users.length === 0 ? [{ ...nobody, line: entry.line }] : entry.users;
      return users.map((user, index) => ({
        entry,
        user: withDefaults(user, base),
        chosen: choose([...(defaults?.server ?? []), ...base.options], [...entry.server, ...user.options]),
        own: [...(index === 0 ? entry.server : []), ...user.options],
      }));
    });
}

function withDefaults(user: RcUser, base: RcUser): RcUser {
  return {
    ...user,
    remote: user.remote ?? base.remote,
    local: user.local.length > 0 ? user.local : base.local,
    wildcard: user.wildcard || base.wildcard,
  };
}

function settled({ target }: FetchmailrcOptions): Circumstances {
  return { protocol: 'pop3', multidrop: false, relay: target === 'relay', ssl: false };
}

function circumstancesOf(chosen: Chosen, user: RcUser, options: FetchmailrcOptions): Circumstances {
  const [protocol, ssl] = [protocolOf(chosen) ?? 'pop3', chosen.get('ssl')?.on === true];
  return { ...settled(options), protocol, ssl, multidrop: isMultidrop(user) };
}

/** An option of `defaults` is reported once, there. */
function defaultsOf(defaults: RcEntry, options: FetchmailrcOptions): Circumstances {
  const chosen = choose([], [...defaults.server, ...(defaults.users[0]?.options ?? [])]);
  return { ...circumstancesOf(chosen, nobody, options), multidrop: true };
}

const secretOptions = new Set<string>(['password', 'esmtppassword', 'plugin', 'preconnect', 'postconnect', 'mda']);

/** An option as the file has it, without anything that may be a password. */
function show({ name, on, values }: Option<string>): string {
  if (!on) return `no ${name}`;
  const words = secretOptions.has(name) ? ['…'] : values.map((value) => (/^[\w.@/+:-]+$/.test(value) ? value : JSON.stringify(value)));
  const shown = name === 'envelope' && values[0] === '0' ? words.slice(1) : words;
  return [name, ...shown].join(' ');
}
