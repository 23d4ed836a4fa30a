// A mail address as routing looks it up: local part and domain, folded; its extension; and whether it is one at all.

export interface Address {
  /** Unquoted, folded to lower case. */
  readonly local: string;
  /** Folded; never empty. */
  readonly domain: string;
}

/** RFC 5321 4.5.3.1 allows 64 and 255; what is longer than this together is no address. Aliases have a limit of their own. */
const longest = 2000;

/** `"a b"` -> `a b`; backslashes lose their meaning, not their character. */
function unquoted(local: string): string {
  return /^".*"$/.test(local) ? local.slice(1, -1).replaceAll(/\\(.)/g, '$1') : local;
}

/** Null where there is no local part, no usable domain, or a control character. A bare name gets `localDomain`. */
export function parseAddress(text: string, localDomain: string): Address | null {
  const whole = text.trim().replace(/^<(.*)>$/, '$1');
  if (whole === '' || whole.length > longest || /[\0-\x1f\x7f]/.test(whole)) return null;
  const at = whole.lastIndexOf('@');
  const local = unquoted(at < 0 ? whole : whole.slice(0, at)).toLowerCase();
  const domain = (at < 0 ? localDomain : whole.slice(at + 1)).toLowerCase().replace(/\.$/, '');
  if (local === '' || !/^[^\s@<>,;:"()/\\]+$|^\[[^\]\s]+\]$/.test(domain)) return null;
  return { local, domain };
}

export function written({ local, domain }: Address): string {
  return `${local}@${domain}`;
}

/** `user+ext` -> user and `+ext`. A name that begins with the delimiter has no extension, nor do the owner-/-request names. */
export function splitExtension(local: string, delimiter: string): { readonly base: string; readonly extension: string } {
  const at = delimiter === '' ? -1 : local.indexOf(delimiter);
  const none =
    at <= 0 || /^(postmaster|mailer-daemon|double-bounce)$/.test(local) || (delimiter === '-' && /^owner-|-request$/.test(local));
  return none ? { base: local, extension: '' } : { base: local.slice(0, at), extension: local.slice(at) };
}
