// Lines of iCalendar and vCard (RFC 5545 section 3.1, RFC 6350 section 3.2, vCard 2.1): unfolded, parameters apart, text decoded.
import { decodeText } from './charset.js';
import { decodeQuotedPrintable } from './parts.js';

export interface ContentLine {
  /** Upper case, without a group ("item1."). */
  readonly name: string;
  /** Names in upper case; a parameter without a value (vCard 2.1) has ''. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Lines of one text that are read (S21). */
const lineLimit = 20_000;

export function contentLines(text: string): readonly ContentLine[] {
  const unfolded = text.replace(/\r\n?/g, '\n').replace(/=\n(?=.*(?:=|$))/g, (soft, at: number) => (quotedPrintable(text, at) ? '' : soft));
  const lines = unfolded.replace(/\n[ \t]/g, '').split('\n', lineLimit);
  return lines.map(readLine).filter((line) => line !== null);
}

/** A soft line break only where the line began as quoted-printable; a base64 line ends in = as well. */
function quotedPrintable(text: string, at: number): boolean {
  const begin = text.lastIndexOf('ENCODING=QUOTED-PRINTABLE', at);
  return begin >= 0 && at - begin < 10_000;
}

const form = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;(?:[^:;"]|"[^"]*")*)*):(.*)$/;

function readLine(line: string): ContentLine | null {
  const [, name = '', rest = '', value = ''] = form.exec(line) ?? [];
  if (name === '') return null;
  const parameters = new Map<string, string>();
  for (const [, key = '', said = ''] of rest.matchAll(/;([^=;:"]+)(?:=((?:[^;"]|"[^"]*")*))?/g))
    parameters.set(key.trim().toUpperCase(), said.replaceAll('"', '').trim());
  return { name: name.toUpperCase(), parameters, value: decoded(value, parameters) };
}

/** vCard 2.1 has encodings of its own. */
function decoded(value: string, parameters: ReadonlyMap<string, string>): string {
  const encoding = (parameters.get('ENCODING') ?? (parameters.has('QUOTED-PRINTABLE') ? 'QUOTED-PRINTABLE' : '')).toUpperCase();
  if (encoding !== 'QUOTED-PRINTABLE') return value;
  return decodeText(decodeQuotedPrintable(Buffer.from(value, 'latin1')), parameters.get('CHARSET') ?? null);
}

/** RFC 5545 section 3.3.11: backslash escapes. */
export function unescapeText(value: string): string {
  return value.replace(/\\([\\;,:nN"])/g, (_all, character: string) => (character.toLowerCase() === 'n' ? '\n' : character));
}

/** Parts between unescaped semicolons. */
export function structured(value: string): readonly string[] {
  return (value.match(/(?:[^;\\]|\\[\s\S])*(?:;|$)/g) ?? [])
    .map((part) => unescapeText(part.replace(/;$/, '')).trim())
    .filter((part) => part !== '');
}
