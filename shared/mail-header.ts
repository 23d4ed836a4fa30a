// A message's header block taken into fields, over a binary string (one character an octet), so that bytes stay
// what they are. Decoding is the reader's. Tolerant: a `From ` line, `>From `, lines without a colon, bare CR, CRLF or LF.

export interface HeaderField {
  /** As written. */
  readonly name: string;
  /** Lower case. */
  readonly key: string;
  /** As it stands after the colon, folds kept, outer blanks gone. */
  readonly raw: string;
  /** On one line: each fold one blank. */
  readonly value: string;
}
export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** Where the body begins in the text given. */
  readonly body: number;
}
/** More fields than this are noise or an attack; the rest is not read. */
const mostFields = 2000;
const longestField = 200_000;

/** Reads from `start` up to the first empty line. Linear; never throws. */
export function readHeaders(text: string, start = 0): HeaderBlock {
  const fields: HeaderField[] = [];
  let at = start;
  let open: string[] = [];
  const close = (): void => {
    const field = open.length > 0 && fields.length < mostFields ? fieldOf(open) : null;
    if (field) fields.push(field);
    open = [];
  };
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 ? text.length : end;
    const line = text.slice(at, stop > at && text[stop - 1] === '\r' ? stop - 1 : stop);
    at = end < 0 ? text.length : end + 1;
    if (line === '') break;
    if ((line[0] === ' ' || line[0] === '\t') && open.length > 0) open.push(line);
    else {
      close();
      open = [line];
    }
  }
  close();
  return { fields, body: at };
}

function fieldOf(lines: readonly string[]): HeaderField | null {
  const first = lines[0] ?? '';
  const colon = first.indexOf(':');
  const name = colon < 0 ? '' : first.slice(0, colon).trimEnd();
  if (name === '' || name.length > 200 || /[\s\0-\x1f]/.test(name)) return null;
  const raw = [first.slice(colon + 1), ...lines.slice(1)].join('\n').slice(0, longestField).trim();
  return { name, key: name.toLowerCase(), raw, value: raw.replaceAll(/\r?\n[ \t]*/g, ' ') };
}

/** The first field of that name (lower case), or null. */
export function headerValue(fields: readonly HeaderField[], key: string): string | null {
  return fields.find((field) => field.key === key)?.value ?? null;
}
