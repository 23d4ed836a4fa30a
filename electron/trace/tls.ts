// What a Received line says of encryption: version, cipher, bits, in the spelling of each server; or only the S of ESMTPS.
import type { HopTls } from '../../shared/trace.js';

interface TlsShape {
  readonly maker: string;
  readonly shape: RegExp;
  readonly read: (found: readonly (string | undefined)[]) => readonly [version?: string, cipher?: string, bits?: string];
}
/** Tried in order over the whole line. */
const shapes: readonly TlsShape[] = [
  { maker: 'postfix', shape: /\busing (\S{2,20}) with cipher ([\w-]{3,60})(?: \((\d{1,5}))?/i, read: ([, v, c, b]) => [v, c, b] },
  {
    maker: 'sendmail, gmail, exchange',
    shape: /\bversion=([\w./]{2,30})[\s,]{1,3}(?:cipher=([\w-]{3,60}))?[\s,]{0,3}(?:bits=(\d{1,5}))?/i,
    read: ([, v, c, b]) => [v, c, b],
  },
  { maker: 'opensmtpd, exim 4.8', shape: /\b(TLSv?[\d._]{1,4}|SSLv\d):([\w-]{3,60}):(\d{1,5})/i, read: ([, v, c, b]) => [v, c, b] },
  { maker: 'exim 4.9', shape: /\((TLS[v\d._]{1,5})\)\s{1,3}tls\s{1,3}([\w-]{3,60})/i, read: ([, v, c]) => [v, c] },
  { maker: 'courier', shape: /\bTLS: ([\w./]{2,30}),(\d{1,5})bits,([\w-]{3,60})/i, read: ([, v, b, c]) => [v, c, b] },
  { maker: 'haraka', shape: /\(cipher=([\w-]{3,60})\)/i, read: ([, c]) => [undefined, c] },
  { maker: 'qmail-tls', shape: /\(?([\w-]{3,60}) encrypted\)? (?:E?SMTP|smtp)/i, read: ([, c]) => [undefined, c] },
];
/** RFC 3848 and IANA's with-words, and what servers write in their place. */
const encryptedWord = /^(?:UTF8)?(?:ESMTPS|ESMTPSA|LMTPS|LMTPSA|SMTPS|POP3S|IMAPS|HTTPS|MMSS)$/i;
const tlsComment = /\((?:TLS|SSL)\)|\btls-?(?:v?1[._]\d)?\b.{0,3}cipher|\bESMTP\s?\((?:SSL|TLS)\)|\bwith TLS\b/i;

/** Null: the line says nothing of encryption (which does not prove there was none). */
export function tlsOf(value: string, withWord: string | null): HopTls | null {
  const short = value.slice(0, 4000);
  for (const { shape, read } of shapes) {
    const found = shape.exec(short);
    if (found) {
      const [version, cipher, bits] = read(found);
      return { version: version === undefined ? null : versionName(version), cipher: cipher ?? null, bits: bits ? Number(bits) : null };
    }
  }
  const encrypted = encryptedWord.test(withWord ?? '') || tlsComment.test(short);
  return encrypted ? { version: null, cipher: null, bits: null } : null;
}

/** TLS1_2, TLS1.2, tlsv1.2, TLSv1.2: one spelling, OpenSSL's. Others stay as they are. */
function versionName(text: string): string {
  const tls = /^TLSv?(\d)(?:[._](\d))?$/i.exec(text);
  if (!tls) return text;
  return `TLSv${tls[1]}${tls[2] === undefined || tls[2] === '0' ? '' : `.${tls[2]}`}`;
}
