// A Received value cut into words, comments, angle addresses and semicolons (RFC 5321 4.4, tolerantly):
// nested and unclosed parentheses, quoted strings, addresses with blanks. Linear; never throws.

export interface Token {
  readonly kind: 'word' | 'comment' | 'angle' | 'semicolon';
  /** Without the outer parentheses or angle brackets. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}
/** An angle address longer than this was never closed. */
const longestAngle = 1000;

export function tokensOf(value: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < value.length) {
    if (/\s/.test(value[at] ?? '')) at += 1;
    else {
      const token = tokenAt(value, at);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function tokenAt(value: string, at: number): Token {
  const first = value[at];
  if (first === ';') return { kind: 'semicolon', text: ';', start: at, end: at + 1 };
  if (first === '(') return commentAt(value, at);
  if (first === '<') return angleAt(value, at) ?? wordAt(value, at);
  return wordAt(value, at);
}

/** To the matching parenthesis; unclosed, to the last one there is, or to the end. */
function commentAt(value: string, start: number): Token {
  let depth = 0;
  let lastClose = -1;
  for (let at = start; at < value.length; at += 1) {
    const c = value[at];
    if (c === '\\') at += 1;
    else if (c === '(') depth += 1;
    else if (c === ')') {
      depth -= 1;
      lastClose = at;
      if (depth === 0) return { kind: 'comment', text: value.slice(start + 1, at), start, end: at + 1 };
    }
  }
  const stop = unclosedEnd(value, start, lastClose);
  return { kind: 'comment', text: value.slice(start + 1, stop).replace(/\)$/, ''), start, end: stop };
}

function unclosedEnd(value: string, start: number, lastClose: number): number {
  if (lastClose >= 0) return lastClose + 1;
  const semicolon = value.indexOf(';', start);
  return semicolon < 0 ? value.length : semicolon;
}

function angleAt(value: string, start: number): Token | null {
  const close = value.indexOf('>', start);
  if (close < 0 || close - start > longestAngle || value.lastIndexOf('<', close) !== start) return null;
  return { kind: 'angle', text: value.slice(start + 1, close).trim(), start, end: close + 1 };
}

function wordAt(value: string, start: number): Token {
  let at = start;
  let quoted = false;
  while (at < value.length) {
    const c = value[at] ?? '';
    if (c === '\\') at += 1;
    else if (c === '"') quoted = !quoted && value.indexOf('"', at + 1) > 0;
    else if (!quoted && at > start && (/\s/.test(c) || c === ';' || c === '(')) break;
    at += 1;
  }
  return { kind: 'word', text: value.slice(start, at).trimEnd(), start, end: Math.min(at, value.length) };
}
