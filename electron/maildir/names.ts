// Names of files in a Maildir: made, and taken apart. The delivery key is part of the name, so that the
// Maildir is its own journal:  SECONDS.M<usec>P<pid>Q<count>K<key>.HOST,S=<octets>:2,FLAGS
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

const keyLength = 32;
let count = 0;

/** Hash of account, UIDL and octets; `repeat` tells equal UIDLs of one listing apart (0 for the first). */
export function deliveryKey(account: string, uidl: string, octets: number, repeat = 0): string {
  return createHash('sha256')
    .update(JSON.stringify([account, uidl, octets, repeat]))
    .digest('hex')
    .slice(0, keyLength);
}

/** maildir(5): '/' and ':' in a host name become \057 and \072. */
const hostPart = hostname().replaceAll('/', '\\057').replaceAll(':', '\\072') || 'localhost';

/** A new unique name without flags. `key` empty: a message that no server's maildrop stands behind (a draft). */
export function newName(key: string, now = Date.now()): string {
  count += 1;
  const seconds = Math.floor(now / 1000);
  const micros = Math.floor((performance.timeOrigin + performance.now()) * 1000) % 1_000_000;
  return `${seconds}.M${micros}P${process.pid}Q${count}${key === '' ? '' : `K${key}`}.${hostPart}`;
}

export interface MaildirName {
  /** Without `:2,FLAGS`: what stays the same while flags change. */
  readonly base: string;
  /** Sorted, unknown ones kept. */
  readonly flags: string;
  readonly key: string | null;
  /** From `,S=`; null where the writer left it out. */
  readonly octets: number | null;
}

/** Takes any writer's name apart; never throws. */
export function parseName(file: string): MaildirName {
  const colon = file.lastIndexOf(':2,');
  const base = colon < 0 ? file : file.slice(0, colon);
  const key = /^\d+\.[A-Za-z0-9]*?K([0-9a-f]{32})\./.exec(base);
  const octets = /,S=(\d+)/.exec(base);
  return { base, flags: colon < 0 ? '' : file.slice(colon + 3), key: key?.[1] ?? null, octets: octets ? Number(octets[1]) : null };
}

/** Flags in ASCII order, each once. */
export function sortFlags(flags: string): string {
  return [...new Set(flags)].sort().join('');
}

/** The name a message has in cur/. */
export function nameWithFlags(base: string, flags: string): string {
  return `${base}:2,${sortFlags(flags)}`;
}
