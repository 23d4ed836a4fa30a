// What the server says it can do (CAPA, RFC 2449 and the IANA registry), and what to assume where it does not say.

export interface Capabilities {
  /** False: the server has no CAPA, and every field below is a guess. */
  readonly known: boolean;
  readonly lines: readonly string[];
  readonly pipelining: boolean;
  readonly stls: boolean;
  /** null: unknown, try. */
  readonly uidl: boolean | null;
  readonly top: boolean | null;
  readonly user: boolean | null;
  /** Mechanisms, upper case. */
  readonly sasl: readonly string[];
  /** Seconds between logins; null: not said. */
  readonly loginDelay: number | null;
  /** Days mail is kept: a number, 'never', or not said. */
  readonly expire: number | 'never' | null;
  readonly implementation: string | null;
}

export const noCapabilities: Capabilities = {
  known: false,
  lines: [],
  pipelining: false,
  stls: false,
  uidl: null,
  top: null,
  user: null,
  sasl: [],
  loginDelay: null,
  expire: null,
  implementation: null,
};

/** `text`: the lines of a CAPA response, LF between them. */
export function parseCapabilities(text: string): Capabilities {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const words = new Map(lines.map((line) => split(line)));
  return {
    known: true,
    lines,
    pipelining: words.has('PIPELINING'),
    stls: words.has('STLS'),
    uidl: words.has('UIDL'),
    top: words.has('TOP'),
    user: words.has('USER'),
    sasl: (words.get('SASL') ?? '').toUpperCase().split(/\s+/).filter(Boolean),
    loginDelay: count(words.get('LOGIN-DELAY')),
    expire: /^never\b/i.test(words.get('EXPIRE') ?? '') ? 'never' : count(words.get('EXPIRE')),
    implementation: words.get('IMPLEMENTATION') ?? null,
  };
}

function split(line: string): [string, string] {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
  return [name.toUpperCase(), rest];
}

/** First number; RFC 2449 adds the word USER where it differs from user to user. */
function count(text: string | undefined): number | null {
  const digits = /^\d{1,9}\b/.exec(text ?? '');
  return digits ? Number(digits[0]) : null;
}
