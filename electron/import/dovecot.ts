// Dovecot -> mailboxes where their Maildirs lie: mail_location, and the user names of passwd-files. Passwords stay there.
import { dirname, isAbsolute, join } from 'node:path';
import type { VirtualMailbox } from '../../shared/settings.js';
import type { ImportFiles } from './files.js';
import type { Imported, NotTaken } from './imported.js';

interface Setting {
  /** With the blocks it stands in: `passdb/args`. */
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** dovecot.conf or `doveconf -n`, with its includes. */
export function importDovecot(text: string, path: string, files: ImportFiles): Imported {
  const notTaken: NotTaken[] = [];
  const settings = readConf(text, path, files, notTaken, 0);
  const location = settings.findLast(({ name }) => name === 'mail_location');
  const home = settings.findLast(({ name, value }) => name === 'userdb/args' && /\bhome=/.test(value));
  const homePattern = /\bhome=(\S+)/.exec(home?.value ?? '')?.[1] ?? null;
  const taken: string[] = [];
  const mailboxes = passwdFiles(settings).flatMap((file) => {
    const users = files.read(file);
    if (users === null) notTaken.push({ line: null, text: file, why: 'the file could not be read' });
    const boxes = users === null ? [] : boxesOf(users, location?.value ?? '', homePattern, notTaken);
    if (users !== null) taken.push(`${file}: ${boxes.length} mailboxes`);
    return boxes;
  });
  if (location === undefined)
    notTaken.push({ line: null, text: 'mail_location', why: 'it is not set, so where the mail lies is not known' });
  else if (/^maildir:/.test(location.value))
    taken.push(`line ${location.line}: mail_location = ${location.value}: existing Maildirs are used where they are`);
  else notTaken.push({ line: location.line, text: `mail_location = ${location.value}`, why: 'only Maildirs can be taken over' });
  if (passwdFiles(settings).length === 0) notTaken.push({ line: null, text: 'passdb', why: 'no passwd-file names the users' });
  return { accounts: [], routing: mailboxes.length > 0 ? { mailboxes } : {}, secrets: {}, taken, notTaken };
}

/** How deep files may include each other. */
const deepest = 10;

function readConf(text: string, path: string, files: ImportFiles, notTaken: NotTaken[], depth: number): readonly Setting[] {
  const found: Setting[] = [];
  const blocks: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    const include = /^!include(_try)?\s+(.+)$/.exec(line);
    const setting = /^([\w-]+)\s*=\s*(.*)$/.exec(line);
    if (include?.[2] !== undefined && depth < deepest)
      found.push(...included(include[2], include[1] !== undefined, path, files, notTaken, depth));
    else if (line.endsWith('{')) blocks.push(line.slice(0, -1).trim().split(/\s+/, 1)[0] ?? '');
    else if (line === '}') blocks.pop();
    else if (setting?.[1] !== undefined)
      found.push({ name: [...blocks, setting[1]].join('/'), value: (setting[2] ?? '').replace(/^(["'])(.*)\1$/, '$2'), line: index + 1 });
  }
  return found;
}

function included(
  pattern: string,
  optional: boolean,
  path: string,
  files: ImportFiles,
  notTaken: NotTaken[],
  depth: number,
): readonly Setting[] {
  const whole = isAbsolute(pattern) ? pattern : join(dirname(path), pattern);
  const name = whole.slice(whole.lastIndexOf('/') + 1);
  const folder = dirname(whole);
  const matches = new RegExp(
    `^${name
      .replaceAll(/[.+^$()|[\]{}\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  );
  const paths = /[*?]/.test(name)
    ? files
        .list(folder)
        .filter((one) => matches.test(one) && !one.startsWith('.'))
        .map((one) => join(folder, one))
    : [whole];
  return paths.flatMap((one) => {
    const text = files.read(one);
    if (text === null && !optional) notTaken.push({ line: null, text: `!include ${one}`, why: 'the file could not be read' });
    return text === null ? [] : readConf(text, one, files, notTaken, depth + 1);
  });
}

/** The last word of `args` in passdb and userdb blocks whose driver is passwd-file, where it is a path. */
function passwdFiles(settings: readonly Setting[]): readonly string[] {
  const paths = settings.flatMap(({ name, value }) => {
    const last = value.trim().split(/\s+/).at(-1) ?? '';
    return /^(passdb|userdb)\/args$/.test(name) && last.startsWith('/') && !last.includes('%') ? [last] : [];
  });
  return [...new Set(paths)];
}

/** user:password:uid:gid:gecos:home:shell:extra */
function boxesOf(text: string, location: string, homePattern: string | null, notTaken: NotTaken[]): readonly VirtualMailbox[] {
  return text.split(/\r?\n/).flatMap((line, index): VirtualMailbox[] => {
    const [user = '', , , , , home = '', , ...extra] = line.split(':');
    if (user === '' || user.startsWith('#')) return [];
    const own = /\buserdb_mail=(\S+)/.exec(extra.join(':'))?.[1];
    const where = home === '' && homePattern !== null ? expand(homePattern, user, '') : home;
    const path = maildirOf(own ?? location, user, where);
    if (path !== null) return [{ address: user, path: `${path.replace(/\/+$/, '')}/`, limit: null }];
    notTaken.push({ line: index + 1, text: user, why: 'where its Maildir lies cannot be told' });
    return [];
  });
}

function maildirOf(location: string, user: string, home: string): string | null {
  const [, root] = /^maildir:([^:]*)/.exec(location) ?? [];
  if (root === undefined) return null;
  const path = expand(root, user, home).replace(/^~(?=\/|$)/, home);
  return isAbsolute(path) && !path.includes('%') && !path.split('/').includes('..') ? path : null;
}

/** %u %n %d %h, with L, U and a width before the letter. */
function expand(pattern: string, user: string, home: string): string {
  const at = user.lastIndexOf('@');
  const values: Readonly<Record<string, string>> = {
    u: user,
    n: at < 0 ? user : user.slice(0, at),
    d: at < 0 ? '' : user.slice(at + 1),
    h: home,
  };
  return pattern.replaceAll(/%(?:(\d+)\.)?(\d+)?([LU]?)([undh])/g, (_, skip?: string, width?: string, casing?: string, letter?: string) => {
    const value = values[letter ?? ''] ?? '';
    const part = value.slice(Number(skip ?? 0), width === undefined ? undefined : Number(skip ?? 0) + Number(width));
    return casing === 'L' ? part.toLowerCase() : casing === 'U' ? part.toUpperCase() : part;
  });
}
