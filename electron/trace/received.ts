// One Received value read into a hop. The clauses are read the same way whoever wrote them; the table of makers
// says who that was and mends what its maker writes differently.
import { isoOf } from '../../shared/mail-date.js';
import type { Hop } from '../../shared/trace.js';
import { type Clauses, readClauses } from './clauses.js';
import { clientIp, ipIn } from './ip.js';
import { makerOf } from './maker.js';
import { tlsOf } from './tls.js';

/** A hop before it is put beside the others. `instant` is milliseconds since 1970. */
export interface ReceivedLine extends Omit<Hop, 'delaySeconds' | 'trusted'> {
  readonly instant: number | null;
  /** Name the client gave itself, and name its address has in DNS, where the line tells them apart. */
  readonly helo: string | null;
  readonly reverse: string | null;
}
const longestValue = 10_000;

/** `raw` is what stands behind `Received:`, folded or not. Never throws: what cannot be read is null. */
export function readReceived(raw: string): ReceivedLine {
  const value = raw
    .slice(0, longestValue)
    .replaceAll(/\r?\n[ \t]*/g, ' ')
    .trim();
  const clauses = readClauses(value);
  const maker = makerOf(value);
  const read = { ...plain(clauses, value), ...maker?.mend?.(value, clauses) };
  return { ...read, tls: tlsOf(value, read.with), raw, maker: maker?.name ?? 'unknown' };
}

type Plain = Omit<ReceivedLine, 'tls' | 'raw' | 'maker'>;

function plain(clauses: Clauses, value: string): Plain {
  const { named, lead, instant } = clauses;
  const from = named.from ?? { words: [], comments: [] };
  const names = clientNames(from.words, from.comments);
  return {
    from: hostWords(from.words) ?? leadFrom(lead) ?? localUser(value) ?? (named.from ? clientIp(from) : null),
    fromIp: clientIp(from) ?? leadIp(lead),
    by: hostWords(named.by?.words ?? []),
    with: named.with && named.with.words.length > 0 ? named.with.words.join(' ') : null,
    id: bare(named.id?.words[0]),
    for: bare(named.for?.words[0]),
    drop: dropOf(value),
    date: instant === null ? null : isoOf(instant),
    instant,
    ...names,
  };
}

/** The first word is the host. Two plain words (`SMTP agent`, `mail gateway`) are a name in words. */
function hostWords(words: readonly string[]): string | null {
  const [first, second] = words;
  if (words.length === 2 && second !== undefined && /^[a-z]+$/i.test(`${first}${second}`)) return `${first} ${second}`;
  return bare(first);
}

function bare(word: string | undefined): string | null {
  const text = (word ?? '').replace(/^<(.*)>$/, '$1').replace(/^[<,]+|[>,]+$/g, '');
  return text === '' ? null : text;
}

/** sendmail's `(from user@localhost)`: the line has no client, and says so this way. */
function leadFrom(lead: readonly string[]): string | null {
  return /^from\s+(\S+)$/.exec(lead[0] ?? '')?.[1] ?? null;
}

/** No client but a program on the same machine: `(Postfix, from userid 1000)`, `(qmail 7 invoked by uid 104)`. */
function localUser(value: string): string | null {
  const short = value.slice(0, 500);
  const user =
    /^[^;]*\([^()]{0,60}, from (userid \d+)\)/.exec(short) ?? /^\(\w+ [^()]{0,60}invoked (?:by|from) ([\w ]{1,40})\)/.exec(short);
  return user?.[1] ?? /invoked from network\[[\d.]+\/([\w.-]+)\]/.exec(short)?.[1] ?? null;
}

/** `(ofmipd 192.0.2.7)`, `(qfscan ... remoteip=192.0.2.7)`. */
function leadIp(lead: readonly string[]): string | null {
  return /^(?:ofmipd|qfscan|qmail)\b/.test(lead[0] ?? '') ? ipIn(lead[0] ?? '') : null;
}

/** fetchmail's word; ours is the same. */
function dropOf(value: string): 'single' | 'multi' | null {
  const word = /\((single|multi)-drop\)/.exec(value)?.[1];
  return word === 'single' || word === 'multi' ? word : null;
}

/** Which name is the client's own word and which is DNS' depends on where they stand. */
function clientNames(words: readonly string[], comments: readonly string[]): Pick<ReceivedLine, 'helo' | 'reverse'> {
  const first = hostName(words[0]);
  const second = words[1]?.toUpperCase();
  if (second === 'HELO' || second === 'EHLO') return { helo: hostName(words[2]), reverse: first };
  const said = comments.map((comment) => /\b(?:HELO|EHLO|LHLO|helo)[\s=]+(\S+)/.exec(comment)?.[1]).find((name) => name !== undefined);
  if (said !== undefined) return { helo: hostName(said), reverse: first };
  const looked = /^(?:\S+@)?([\w.-]+\.[a-z][\w-]*)\.?\s+\(?\[/i.exec(comments[0] ?? '')?.[1];
  return { helo: first, reverse: hostName(looked) };
}

function hostName(word: string | undefined): string | null {
  const text = (word ?? '').replace(/[.,)]+$/, '').toLowerCase();
  return /^[\w-]+(?:\.[\w-]+)+$/.test(text) && ipIn(text) === null ? text : null;
}
