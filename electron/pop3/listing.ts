// LIST and UIDL responses into one listing.
import { MailError } from '../../shared/error.js';
import { limits } from './limits.js';

export interface MaildropEntry {
  readonly number: number;
  /** As the server says; some count LF for CRLF, some lie. */
  readonly octets: number;
  /** null: the server gave none. Two messages may share one. */
  readonly uidl: string | null;
}

/** In the order of message numbers. Throws MailError `protocol` for a line that is not `number octets`. */
export function joinListing(list: Buffer, uidl: Buffer | null): MaildropEntry[] {
  const names = uidl === null ? new Map<number, string>() : readUidl(uidl);
  const entries: MaildropEntry[] = [];
  for (const line of linesOf(list)) {
    const [, number, octets] = /^\s*(\d{1,10})[ \t]+(\d{1,15})(?:\s|$)/.exec(line) ?? [];
    if (number === undefined || octets === undefined) throw unreadable('LIST', line);
    entries.push({ number: Number(number), octets: Number(octets), uidl: names.get(Number(number)) ?? null });
  }
  return entries.sort((one, other) => one.number - other.number);
}

function readUidl(text: Buffer): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of linesOf(text)) {
    const [, number, name] = /^\s*(\d{1,10})[ \t]+(.*?)\s*$/.exec(line) ?? [];
    if (number === undefined || name === undefined) throw unreadable('UIDL', line);
    if (name !== '' && name.length <= limits.uidl) names.set(Number(number), name);
  }
  return names;
}

function linesOf(text: Buffer): string[] {
  return text
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

function unreadable(command: string, line: string): MailError {
  const said = JSON.stringify(line.slice(0, 80));
  return new MailError('protocol', `${command} answered a line that cannot be read: ${said}`, true, { said });
}
