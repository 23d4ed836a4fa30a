// `todoku import KIND PATH`: take over a set-up. A preview says what is taken and what not, line by line; nothing is
// contacted. The file may hold passwords, so it is read only when nobody else can, or with --force.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { sayTaken, sayWhy } from '../../shared/import-text.js';
import type { ImportPreview } from '../../shared/station.js';
import type { ImportFiles } from '../import/files.js';
import { type Imported, previewOf } from '../import/imported.js';
import type { SettingsStore } from '../station/context.js';
import { applyImport, localUser } from '../station/routes.js';
import type { CommandIo } from './io.js';
import { printable } from './messages.js';

export interface ImportOptions {
  readonly dryRun: boolean;
  /** Read the file although others may. */
  readonly force: boolean;
  /** autoconfig: whose account it will be; without it the file's placeholders are reported. */
  readonly address?: string | null;
}
export interface ImportCommandDeps {
  readonly settings: SettingsStore;
  storeSecret(account: Account, secret: string): Promise<void>;
  /** Default: file (secrets.json, 0600). */
  readonly secret?: 'file' | 'keyring';
}

/** Exit code 0. Throws MailError `permissions` (6), `usage` (5: unknown kind, or a syntax error with line and column), `not-found`. */
export async function importCommand(
  kind: string,
  path: string,
  options: ImportOptions,
  deps: ImportCommandDeps,
  io: CommandIo,
): Promise<number> {
  const imported = await readImport(kind, path, options, deps.secret ?? 'file');
  const preview = previewOf(imported);
  if (!options.dryRun) await applyImport(imported, deps);
  if (io.json) io.out(JSON.stringify(preview));
  else for (const line of report(preview, options.dryRun, io.language)) io.out(printable(line));
  return 0;
}

export const importKinds = [
  'fetchmailrc',
  'postfix',
  'dovecot',
  'mpoprc',
  'getmailrc',
  'thunderbird',
  'autoconfig',
  'mobileconfig',
  'accounts',
] as const;

/** Kinds whose files hold passwords: read only when nobody else can. */
const privateKinds: readonly string[] = ['fetchmailrc', 'mpoprc', 'getmailrc'];
/** The file meant where a folder is given. */
const inFolder: Readonly<Record<string, string>> = { postfix: 'main.cf', dovecot: 'dovecot.conf', thunderbird: 'prefs.js' };

async function readImport(kind: string, given: string, options: ImportOptions, secret: 'file' | 'keyring'): Promise<Imported> {
  if (!importKinds.some((one) => one === kind))
    throw new MailError('usage', `there is no import of kind ${kind}; there are: ${importKinds.join(', ')}`, false, { name: kind });
  const path = isFolder(given) && inFolder[kind] !== undefined ? join(given, inFolder[kind]) : given;
  const bytes = await readBytes(path);
  if (privateKinds.includes(kind) && !options.force) await refuseWide(path);
  const take = await reader(kind, path, secret, options.address ?? null);
  return inFile(path, () => take(bytes));
}

/** The code of a kind is loaded when it is asked for. */
async function reader(
  kind: string,
  path: string,
  secret: 'file' | 'keyring',
  address: string | null,
): Promise<(bytes: Buffer) => Imported> {
  switch (kind) {
    case 'postfix': {
      const { importPostfix } = await import('../import/postfix.js');
      return (bytes) => importPostfix(bytes.toString('utf8'), filesBeside(path));
    }
    case 'dovecot': {
      const { importDovecot } = await import('../import/dovecot.js');
      return (bytes) => importDovecot(bytes.toString('utf8'), path, filesBeside(path));
    }
    case 'mpoprc': {
      const { importMpoprc } = await import('../import/mpoprc.js');
      return (bytes) => importMpoprc(bytes.toString('utf8'), secret);
    }
    case 'getmailrc': {
      const { importGetmailrc } = await import('../import/getmailrc.js');
      return (bytes) => importGetmailrc(bytes.toString('utf8'), secret);
    }
    case 'thunderbird': {
      const { importThunderbird } = await import('../import/thunderbird.js');
      return (bytes) => importThunderbird(bytes.toString('utf8'));
    }
    case 'autoconfig': {
      const { importAutoconfig } = await import('../import/autoconfig.js');
      return (bytes) => importAutoconfig(bytes.toString('utf8'), address);
    }
    case 'mobileconfig': {
      const { importMobileconfig } = await import('../import/mobileconfig.js');
      return (bytes) => importMobileconfig(bytes.toString('utf8'), secret);
    }
    case 'accounts': {
      const { importAccounts } = await import('../import/accounts-file.js');
      return (bytes) => importAccounts(bytes.toString('utf8'));
    }
    default: {
      const { importFetchmailrc } = await import('../import/fetchmailrc.js');
      return (bytes) => importFetchmailrc(bytes.toString('utf8'), { localUser: localUser(), secret });
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Files that a configuration names. One that lies beside the configuration wins over the path that is written in it, so
 * that a copied /etc/postfix is read from the copy and not from this machine's own.
 */
function filesBeside(path: string): ImportFiles {
  const folder = dirname(resolve(path));
  const read = (name: string): string | null => {
    const beside = join(folder, basename(name));
    for (const one of dirname(name) === folder ? [name] : [beside, name]) {
      const text = isFolder(one) ? null : readOrNull(one);
      if (text !== null) return text;
    }
    return null;
  };
  return { read, isFolder, list: (name) => listOrNone(name) };
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function listOrNone(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The file's name in front of what is wrong in it. */
function inFile(path: string, read: () => Imported): Imported {
  try {
    return read();
  } catch (error) {
    if (error instanceof MailError) throw new MailError(error.code, `${path}: ${error.message}`, error.temporary, { ...error.facts, path });
    throw error;
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new MailError('not-found', `cannot read ${path}: ${(cause as Error).message}`, false, { path, name: path, cause });
  }
}

/** fetchmail lets the execute bit of the group pass; what its sentence asks for is 0700, so it is refused here. */
async function refuseWide(path: string): Promise<void> {
  if (((await stat(path)).mode & 0o077) === 0) return;
  const said = `File ${path} must have no more than -rwx------ (0700) permissions.`;
  throw new MailError('permissions', said, false, { path, said });
}

const words = {
  en: {
    dry: 'Nothing was changed (--dry-run).',
    accounts: 'accounts',
    domains: 'domains',
    mailboxes: 'mailboxes',
    aliases: 'aliases',
    taken: 'Taken',
    not: 'Not taken',
    nothing: 'nothing',
    line: (line: number) => `line ${line}: `,
  },
  ja: {
    dry: '何も変更していません（--dry-run）。',
    accounts: 'アカウント',
    domains: 'ドメイン',
    mailboxes: 'メールボックス',
    aliases: '別名',
    taken: '取り込んだもの',
    not: '取り込まなかったもの',
    nothing: 'なし',
    line: (line: number) => `${line} 行目: `,
  },
} as const;

function report({ accounts, routing, taken, notTaken }: ImportPreview, dryRun: boolean, language: 'en' | 'ja'): readonly string[] {
  const said = words[language];
  const counts = [
    `${accounts.length} ${said.accounts}`,
    ...(routing.domains.length > 0 ? [`${routing.domains.length} ${said.domains}`] : []),
    ...(routing.mailboxes > 0 ? [`${routing.mailboxes} ${said.mailboxes}`] : []),
    ...(routing.aliases > 0 ? [`${routing.aliases} ${said.aliases}`] : []),
  ];
  const not = notTaken.map(({ line, text, why }) => `${line === null ? '' : said.line(line)}${text}: ${sayWhy(why, language)}`);
  return [
    counts.join(', '),
    `${said.taken}:`,
    ...(taken.length === 0 ? [said.nothing] : taken.map((line) => sayTaken(line, language))).map((line) => `  ${line}`),
    `${said.not}:`,
    ...(not.length === 0 ? [said.nothing] : not).map((line) => `  ${line}`),
    ...(dryRun ? [said.dry] : []),
  ];
}
