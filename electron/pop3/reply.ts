// A status line taken apart: +OK, -ERR or a SASL continuation, with its response code (RFC 2449 section 8, RFC 3206).

export interface Reply {
  readonly kind: 'ok' | 'err' | 'more';
  /** After the indicator, response code included. */
  readonly text: string;
  /** Upper case, without brackets: IN-USE, LOGIN-DELAY, SYS/TEMP, SYS/PERM, AUTH, or another. */
  readonly code: string | null;
}

/** null: not a POP3 status line. */
export function parseReply(line: string): Reply | null {
  const ok = /^\+OK(?![^\s])[ \t]?(.*)$/is.exec(line);
  if (ok) return reply('ok', ok[1]);
  const err = /^-ERR(?![^\s])[ \t]?(.*)$/is.exec(line);
  if (err) return reply('err', err[1]);
  const more = /^\+(?: (.*))?$/s.exec(line);
  return more ? { kind: 'more', text: more[1] ?? '', code: null } : null;
}

function reply(kind: 'ok' | 'err', text = ''): Reply {
  const code = /^\[([^\]\s]{1,64})[^\]]*\]/.exec(text);
  return { kind, text, code: code?.[1]?.toUpperCase() ?? null };
}
