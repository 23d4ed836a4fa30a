// The words of a fetchmailrc, cut as fetchmail's own lexer cuts them: the longest match wins, and after
// `user`, `password`, `is`, `to` and `=` any word at all is a string (so `password keep` is a password).
import { MailError } from '../../shared/error.js';

export type TokenKind = 'word' | 'protocol' | 'authentication' | 'string' | 'number' | '=' | 'end';
export interface Token {
  readonly kind: TokenKind;
  /** Keywords in their long form; strings with their escapes resolved. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const plainKeywords = [
  ...['set', 'logfile', 'idfile', 'pidfile', 'daemon', 'syslog', 'invisible', 'showdots', 'postmaster', 'bouncemail'],
  ...['spambounce', 'softbounce', 'warnings', 'tracepolls', 'defaults', 'poll', 'skip', 'via', 'aka', 'service', 'port'],
  ...['interval', 'timeout', 'envelope', 'qvirtual', 'principal', 'esmtpname', 'esmtppassword', 'bad-header', 'accept'],
  ...['reject', 'fetchdomains', 'smtpaddress', 'smtpname', 'antispam', 'mda', 'bsmtp', 'lmtp', 'interface', 'monitor'],
  ...['plugin', 'plugout', 'batchlimit', 'fetchlimit', 'fetchsizelimit', 'fastuidl', 'expunge', 'properties', 'is', 'to'],
  ...['here', 'there', 'no', 'keep', 'flush', 'limitflush', 'fetchall', 'rewrite', 'forcecr', 'stripcr', 'dropstatus'],
  ...['dropdelivered', 'idle', 'dns', 'uidl', 'ssl', 'sslkey', 'sslcert', 'sslproto', 'sslcertck', 'sslcertfile'],
  ...['sslcertpath', 'sslcommonname', 'sslfingerprint', 'checkalias', 'limit'],
];
const synonyms: Readonly<Record<string, readonly string[]>> = {
  poll: ['server'],
  localdomains: ['local', 'localdomains'],
  protocol: ['proto', 'protocol'],
  auth: ['auth', 'authenticate', 'preauth', 'preauthenticate'],
  user: ['user', 'username'],
  password: ['pass', 'password'],
  folder: ['folder', 'folders'],
  smtphost: ['smtp', 'smtphost'],
  preconnect: ['pre', 'preconnect'],
  postconnect: ['post', 'postconnect'],
  pass8bits: ['pass8', 'pass8bits'],
  mimedecode: ['mimedec', 'mimedecode'],
};
const keywords = new Map<string, string>([
  ...plainKeywords.map((word) => [word, word] as const),
  ...Object.entries(synonyms).flatMap(([long, words]) => words.map((word) => [word, long] as const)),
]);
const noise = new Set(['with', 'and', 'has', 'wants', 'options']);
/** `no` may be written together with these, and with no others. */
const negated = new Set(
  ['bouncemail', 'uidl', 'checkalias', 'dns', 'envelope', 'keep', 'flush', 'limitflush', 'fetchall', 'rewrite', 'forcecr']
    .concat(['stripcr', 'pass8', 'pass8bits', 'dropstatus', 'dropdelivered', 'mimedec', 'mimedecode', 'spambounce', 'idle'])
    .map((word) => `no${word}`),
);
const protocolNames = new Set(['auto', 'pop2', 'sdps', 'pop3', 'imap', 'apop', 'rpop', 'etrn', 'odmr', 'kpop']);
const authentications = new Map<string, string>([
  ...['any', 'gssapi', 'ssh', 'external', 'otp', 'cram-md5', 'msn', 'ntlm', 'kerberos'].map((name) => [name, name] as const),
  ...['kerberos4', 'kerberos_v4', 'kerberos5', 'kerberos_v5'].map((name) => [name, 'kerberos'] as const),
  ...([
    ['implicit', 'ssh'],
    ['opie', 'otp'],
    ['cram', 'cram-md5'],
  ] as const),
]);

const word = /[^=;:, \t\r\n]+/y;
const quoted = /"[^"]*"|'[^']*'/y;
const comment = /(?:#[^\n]*)?\\?(?:\n|$)/y;
const escaped = /\\(?:[xX]([0-9a-fA-F]{1,2})|(0[0-7]{0,2})|([1-9][0-9]{0,2})|(\n)|([\s\S]?))/g;
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', r: '\r' };

/** fetchmail's escapes: \n \t \b \r, \xHH, \0OO octal, \NNN decimal, and a joined line. Any other character stands for itself. */
function plain(text: string): string {
  return text.replace(escaped, (_, hex?: string, octal?: string, decimal?: string, joined?: string, other?: string) => {
    if (joined !== undefined) return '';
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    if (decimal !== undefined) return String.fromCharCode(Number(decimal) & 255);
    return controls[other ?? ''] ?? other ?? '';
  });
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The kind of a bare word; null for a noise word. */
function classify(text: string, state: State): readonly [TokenKind, string] | null {
  if (state === 'name') return ['string', plain(text)];
  if (noise.has(text)) return null;
  if (state === 'authentication' && text === 'password') return ['authentication', text];
  const keyword = keywords.get(text);
  if (keyword !== undefined && !(state === 'authentication' && text === 'pass')) return ['word', keyword];
  const protocol = text.toLowerCase();
  if (protocolNames.has(protocol) && (text === protocol || text === protocol.toUpperCase())) return ['protocol', protocol];
  const authentication = authentications.get(text);
  if (authentication !== undefined) return ['authentication', authentication];
  return /^-?[0-9]+$/.test(text) ? ['number', text] : ['string', plain(text)];
}

type State = 'plain' | 'name' | 'authentication';

function nextState(state: State, kind: TokenKind, text: string): State {
  if (kind === '=' || (kind === 'word' && ['user', 'password', 'is', 'to'].includes(text))) return 'name';
  if (kind === 'word' && text === 'auth') return 'authentication';
  if (kind === 'authentication' || (kind === 'string' && state === 'name')) return 'plain';
  return state;
}

/** All tokens, the last of kind 'end'. Throws MailError `usage` for a quote that is never closed. */
export function tokens(source: string): readonly Token[] {
  const text = source.replace(/^\uFEFF/, '');
  const found: Token[] = [];
  let [at, line, lineStart] = [0, 1, 0];
  let state = 'plain' as State;
  const add = (kind: TokenKind, value: string, offset = 0): void => {
    found.push({ kind, text: value, line, column: at - lineStart + 1 + offset });
    state = nextState(state, kind, value);
  };
  const pass = (length: number): void => {
    for (let end = at + length; at < end; at += 1) {
      if (text[at] === '\n') [line, lineStart] = [line + 1, at + 1];
    }
  };
  while (at < text.length) {
    const bare = matchAt(word, text, at);
    const string = matchAt(quoted, text, at);
    const skipped = matchAt(comment, text, at);
    if (skipped.length > bare.length || (bare.startsWith('#') && skipped !== '')) pass(skipped.length);
    else if (string !== '' && string.length >= bare.length) {
      add('string', plain(string.slice(1, -1)));
      state = 'plain';
      pass(string.length);
    } else if (bare === '') {
      if (text[at] === '=') add('=', '=');
      pass(1);
    } else {
      if (/^["'][^"']*$/.test(bare) && !text.slice(at + bare.length).includes(bare.charAt(0)))
        throw new MailError('usage', `line ${line}, column ${at - lineStart + 1}: the quote is never closed`, false);
      if (state !== 'name' && negated.has(bare)) {
        add('word', 'no');
        add('word', keywords.get(bare.slice(2)) ?? bare.slice(2), 2);
      } else {
        const token = classify(bare, state);
        if (token !== null) add(token[0], token[1]);
      }
      pass(bare.length);
    }
  }
  add('end', 'end of file');
  return found;
}
