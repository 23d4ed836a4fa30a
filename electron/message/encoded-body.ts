// Files inside a plain text, from before MIME: uuencode (POSIX uuencode(1), both alphabets) and yEnc (yenc.org, version 1.3).
// A block that is not whole and right stays text: nothing is hidden that could not be given out as a file.

export interface EncodedFile {
  readonly name: string;
  readonly bytes: Buffer;
}
export interface EncodedBody {
  /** The text without the blocks. */
  readonly text: string;
  readonly files: readonly EncodedFile[];
}

/** Blocks of one text that are looked for. */
const blockLimit = 100;
const block = /^begin(-base64)? [0-7]{3,4} (.{1,250})\n|^=ybegin (?=.*\bline=\d)(?=.*\bsize=\d).*\bname=(.{1,250})\n/gm;

/** `text` with LF line ends: decoded for uuencode, Latin-1 for yEnc, whose octets are its characters. */
export function splitEncoded(text: string): EncodedBody {
  const files: EncodedFile[] = [];
  let rest = '';
  let done = 0;
  for (const match of text.matchAll(block)) {
    if (match.index < done || files.length >= blockLimit) continue;
    const [all, base64, uuName = '', yName] = match;
    const from = match.index + all.length;
    const read = yName === undefined ? (base64 === undefined ? readUu(text, from) : readBase64(text, from)) : readYenc(text, from, all);
    if (read === null) continue;
    rest += text.slice(done, match.index);
    done = read.end;
    files.push({ name: (yName ?? uuName).trim(), bytes: read.bytes });
  }
  return { text: rest + text.slice(done), files };
}

interface Block {
  readonly bytes: Buffer;
  /** After the line that ends it. */
  readonly end: number;
}

/** The block's lines up to the one that ends it; null where none does. */
function linesUntil(text: string, from: number, mark: RegExp): { lines: readonly string[]; last: string; end: number } | null {
  const lines: string[] = [];
  for (let at = from; at < text.length; ) {
    const feed = text.indexOf('\n', at);
    const stop = feed < 0 ? text.length : feed;
    const line = text.slice(at, stop).replace(/\r$/, '');
    if (mark.test(line)) return { lines, last: line, end: Math.min(text.length, stop + 1) };
    lines.push(line);
    at = stop + 1;
  }
  return null;
}

function readUu(text: string, from: number): Block | null {
  const found = linesUntil(text, from, /^end\s*$/);
  if (found === null) return null;
  const chunks: Buffer[] = [];
  for (const line of found.lines) {
    const chunk = line === '' ? Buffer.alloc(0) : uuLine(line);
    if (chunk === null) return null;
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), end: found.end };
}

/** One line: a character for the length, then four for each three octets. Blanks at its end may have been lost on the way. */
function uuLine(line: string): Buffer | null {
  const value = (at: number) => ((line.charCodeAt(at) || 32) - 32) & 63;
  if (!/^[ -`]*$/.test(line)) return null;
  const octets = value(0);
  const out = Buffer.alloc(Math.ceil(octets / 3) * 3);
  if (line.length > 1 + (out.length / 3) * 4 + 2) return null;
  for (let group = 0; group * 3 < octets; group += 1) {
    const at = 1 + group * 4;
    out.writeUIntBE((value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3), group * 3, 3);
  }
  return out.subarray(0, octets);
}

function readBase64(text: string, from: number): Block | null {
  const found = linesUntil(text, from, /^={4}\s*$/);
  if (found === null || !found.lines.every((line) => /^[A-Za-z0-9+/=\s]*$/.test(line))) return null;
  return { bytes: Buffer.from(found.lines.join(''), 'base64'), end: found.end };
}

function readYenc(text: string, from: number, begin: string): Block | null {
  const found = linesUntil(text, from, /^=yend /);
  if (found === null) return null;
  const partial = found.lines[0]?.startsWith('=ypart ') === true;
  const bytes = yencBytes(found.lines.slice(partial ? 1 : 0));
  const size = Number(/\bsize=(\d+)/.exec(found.last)?.[1] ?? Number.NaN);
  const whole = Number(/\bsize=(\d+)/.exec(begin)?.[1]);
  return bytes.length === size && (partial || size === whole) ? { bytes, end: found.end } : null;
}

function yencBytes(lines: readonly string[]): Buffer {
  const out: number[] = [];
  for (const line of lines) {
    for (let at = 0; at < line.length; at += 1) {
      const escaped = line[at] === '=';
      if (escaped) at += 1;
      out.push((line.charCodeAt(at) - 42 - (escaped ? 64 : 0)) & 255);
    }
  }
  return Buffer.from(out);
}
