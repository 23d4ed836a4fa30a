// Where the Maildir of an undeclared address lies: domain/user/, made safe. Two addresses never share a path: whatever
// is not plainly a letter, a digit or one of a few signs is written %XX (UTF-8), and `%` itself too (S23).
import { createHash } from 'node:crypto';
import type { Address } from './address.js';

/** Octets of one name; file systems allow 255. */
const longest = 200;
/** Names that Windows keeps for devices, whatever follows a dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

const percent = (text: string): string => [...Buffer.from(text, 'utf8')].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('');

/** One folder name: never empty, never `.` or `..`, never hidden, never with a slash, a control or a direction mark. */
export function safeName(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._+=@!#$&'^`{}~-]/gu, percent);
  const first = plain.replace(/^[.~-]/, percent).replace(/\.$/, percent);
  const named = device.test(first) ? `${percent(first.charAt(0))}${first.slice(1)}` : first;
  if (Buffer.byteLength(named) <= longest) return named === '' ? '%' : named;
  const hash = createHash('sha256').update(text.toLowerCase()).digest('hex').slice(0, 32);
  return `${Buffer.from(named)
    .subarray(0, 100)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}%-${hash}`;
}

/** Relative, with the slash that makes it a Maildir (virtual(8)). */
export function defaultPath({ local, domain }: Address): string {
  return `${safeName(domain)}/${safeName(local)}/`;
}
