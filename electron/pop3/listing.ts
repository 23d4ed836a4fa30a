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
  const names = new Map<number, string>();
  if (uidl !== null) {
    eachLine('UIDL', uidl, (number, name) => {
      if (name.length <= limits.uidl) names.set(number, name);
    });
  }
  const entries: MaildropEntry[] = [];
  eachLine('LIST', list, (number, rest) => {
    const octets = Number.parseInt(rest, 10);
    if (!(octets >= 0)) throw unreadable('LIST', `${number} ${rest}`);
    entries.push({ number, octets, uidl: names.get(number) ?? null });
  });
  return entries.sort((one, other) => one.number - other.number);
}

/** `number SP rest`, 100,000 times: no regular expressions here. */
function eachLine(command: string, text: Buffer, each: (number: number, rest: string) => void): void {
  const lines = text.toString('latin1');
  let end = 0;
  for (let from = 0; from < lines.length; from = end + 1) {
    end = lines.indexOf('\n', from);
    if (end < 0) end = lines.length;
    if (end === from) continue;
    const line = lines.slice(from, end).trim();
    const space = line.indexOf(' ') < 0 ? line.indexOf('\t') : line.indexOf(' ');
    const number = Number(line.slice(0, space));
    if (space < 1 || !Number.isSafeInteger(number) || number < 1) throw unreadable(command, line);
    each(number, line.slice(space + 1).trim());
  }
}

function unreadable(command: string, line: string): MailError {
  const said = JSON.stringify(line.slice(0, 80));
  return new MailError('protocol', `${command} answered a line that cannot be read: ${said}`, true, { said });
}
