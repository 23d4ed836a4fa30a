// What a link in a message really is: where it leads, and what about it deserves a word before it is opened.
import { readableHost } from './punycode.js';

export type LinkDoubt =
  /** The text names another host than the target. */
  | 'mismatch'
  /** The host is written with characters beyond ASCII; its letters may look like others. */
  | 'international'
  /** http: what is sent can be read on the way. */
  | 'plain'
  /** A user name stands before the host. */
  | 'credentials'
  /** An address of numbers, not a name. */
  | 'number';

export interface LinkTarget {
  /** As it will be opened. */
  readonly url: string;
  readonly kind: 'web' | 'mail';
  /** ASCII; for a mailto: the address. */
  readonly host: string;
  /** The same, as people read it. */
  readonly readable: string;
  /** The host that the text claims, where it claims another. */
  readonly claimed: string | null;
  readonly doubts: readonly LinkDoubt[];
}

/** null for everything but http, https and mailto: it is not a link here. */
export function judgeLink(href: string, text: string): LinkTarget | null {
  const url = parseUrl(href.trim());
  if (url?.protocol === 'mailto:') return judgeMail(url);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return null;
  const host = url.hostname;
  const claimed = claimedHost(text);
  const other = claimed !== null && !sameSite(claimed, host) ? claimed : null;
  const doubts: LinkDoubt[] = [];
  if (other !== null) doubts.push('mismatch');
  if (host.includes('xn--')) doubts.push('international');
  if (url.username !== '' || url.password !== '') doubts.push('credentials');
  if (/^[\d.]+$/.test(host) || host.startsWith('[')) doubts.push('number');
  if (url.protocol === 'http:') doubts.push('plain');
  return { url: url.href, kind: 'web', host, readable: readableHost(host), claimed: other, doubts };
}

function judgeMail(url: URL): LinkTarget | null {
  const address = safeDecode(url.pathname);
  if (/[\0-\x1f\x7f]/.test(address)) return null;
  return { url: url.href, kind: 'mail', host: address, readable: address, claimed: null, doubts: [] };
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The host that a link's text names, when the whole of the text reads as an address. */
export function claimedHost(text: string): string | null {
  const words = text.trim().replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
  if (/\s/.test(words) || words.includes('@')) return null;
  const url = /^https?:\/\//i.test(words)
    ? parseUrl(words)
    : /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}([/:?#]|$)/u.test(words)
      ? parseUrl(`https://${words}`)
      : null;
  return url === null || url.hostname === '' ? null : url.hostname;
}

const sameSite = (a: string, b: string) => bare(a) === bare(b) || bare(b).endsWith(`.${bare(a)}`);
const bare = (host: string) => host.replace(/^www\./, '');
