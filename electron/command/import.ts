// `todoku import KIND PATH`: take over a set-up. A preview says what is taken and what not, line by line; nothing is
// contacted. The file may hold passwords, so it is read only when nobody else can, or with --force.
import { readFile, stat } from 'node:fs/promises';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import type { ImportPreview } from '../../shared/station.js';
import { type Imported, previewOf } from '../import/imported.js';
import type { SettingsStore } from '../station/context.js';
import { applyImport, localUser } from '../station/routes.js';
import type { CommandIo } from './io.js';
import { printable } from './messages.js';

export interface ImportOptions {
  readonly dryRun: boolean;
  /** Read the file although others may. */
  readonly force: boolean;
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

async function readImport(kind: string, path: string, options: ImportOptions, secret: 'file' | 'keyring'): Promise<Imported> {
  if (kind === 'fetchmailrc') {
    const text = await readPrivate(path, options.force);
    const { importFetchmailrc } = await import('../import/fetchmailrc.js');
    return inFile(path, () => importFetchmailrc(text, { localUser: localUser(), secret }));
  }
  throw new MailError('usage', `there is no import of kind ${kind}; there is: fetchmailrc`, false, { name: kind });
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

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MailError('not-found', `cannot read ${path}: ${(cause as Error).message}`, false, { path, name: path, cause });
  }
}

/** As fetchmail: a regular file that nobody but its owner can read. */
async function readPrivate(path: string, force: boolean): Promise<string> {
  const text = await readText(path);
  const { mode } = await stat(path);
  // fetchmail lets the execute bit of the group pass; what is asked for is 0700, so it is refused here.
  if (!force && (mode & 0o077) !== 0) {
    const said = `File ${path} must have no more than -rwx------ (0700) permissions.`;
    throw new MailError('permissions', said, false, { path, said });
  }
  return text;
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
  const not = notTaken.map(({ line, text, why }) => `${line === null ? '' : `line ${line}: `}${text}: ${why}`);
  return [
    counts.join(', '),
    `${said.taken}:`,
    ...(taken.length === 0 ? [said.nothing] : taken).map((line) => `  ${line}`),
    `${said.not}:`,
    ...(not.length === 0 ? [said.nothing] : not).map((line) => `  ${line}`),
    ...(dryRun ? [said.dry] : []),
  ];
}
