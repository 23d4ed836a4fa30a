// Headers of a message part: its type is ours to say, not the message's (S4, S16).
import type { Part } from '../station/context.js';
import { commonHeaders, partPolicy } from './policy.js';

/** Shown as they are: bitmaps only. SVG is a document with scripts. */
const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);

export interface PartAddress {
  readonly message: string;
  /** 'html', 'html;CHARSET', 'source', 'all', 'u1', or the index path of a MIME part. */
  readonly part: string;
  /** To a file, whatever it is. */
  readonly save: boolean;
}

/** `/part/<message>/<part>`, both percent-encoded, and `?save`; null for anything else. */
export function parsePartPath(url: URL): PartAddress | null {
  const [, first, message, part, ...rest] = url.pathname.split('/');
  if (first !== 'part' || !message || !part || rest.length > 0) return null;
  try {
    const address = { message: decodeURIComponent(message), part: decodeURIComponent(part), save: url.search === '?save' };
    const plain =
      /^(html(;[A-Za-z0-9_-]{1,40})?|source|all|u\d{1,3}|\d{1,4}(\.\d{1,4}){0,100})$/.test(address.part) &&
      !/[\0-\x1f\x7f]/.test(address.message);
    return plain && address.message.length <= 500 ? address : null;
  } catch {
    return null;
  }
}

export function partHeaders(address: PartAddress, part: Part): Record<string, string> {
  const type = partType(address, part);
  const shown = !address.save && type !== 'application/octet-stream';
  return {
    ...commonHeaders,
    'Content-Type': type,
    'Content-Security-Policy': partPolicy,
    'Content-Disposition': `${shown ? 'inline' : 'attachment'}${fileName(part.name ?? defaultName(address))}`,
    'Cache-Control': 'private, no-store',
    ...(part.octets === null ? {} : { 'Content-Length': String(part.octets) }),
  };
}

const isHtml = ({ part }: PartAddress) => part === 'html' || part.startsWith('html;');

/** HTML and the raw message are text here: the window cleans the one and shows the other. All but bitmaps is for saving only. */
function partType(address: PartAddress, part: Part): string {
  if (isHtml(address) || address.part === 'source') return 'text/plain; charset=utf-8';
  const said = part.type.toLowerCase().split(';')[0]?.trim() ?? '';
  return images.has(said) ? said : 'application/octet-stream';
}

function defaultName(address: PartAddress): string {
  if (address.part === 'source') return 'message.eml';
  return isHtml(address) ? 'message.html' : `part-${address.part}`;
}

/** Path separators, control and direction characters cannot name a file (S23); RFC 6266 with its plain fallback. */
function fileName(name: string): string {
  const safe = Array.from(name.normalize('NFC'))
    .slice(0, 200)
    .join('')
    .replace(/[/\\:*?"<>|\0-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, '_')
    .replace(/^\.+/, '_');
  const plain = safe.replace(/[^\x20-\x7e]/g, '_');
  const encoded = encodeURIComponent(safe).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
