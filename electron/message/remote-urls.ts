// The remote images that a message's HTML names: what a window may ask the station to load for it, and nothing else.
import { decodeEntities } from './html-text.js';

/** Images of one message that are looked at. */
const imageLimit = 2_000;
const image = /<ima?ge?\b((?:[^<>"']|"[^"]*"|'[^']*')*)/gi;
const source = /(?:^|[\s/"'])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

function webUrl(text: string): string | null {
  try {
    const url = new URL(
      decodeEntities(text)
        .replace(/[\t\n\r]/g, '')
        .trim(),
    );
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Addresses as a browser spells them, each once, in order. */
export function remoteImageUrls(html: string): readonly string[] {
  const found = new Set<string>();
  for (const [, attributes = ''] of html.matchAll(image)) {
    for (const [, double, single, bare] of attributes.matchAll(source)) {
      const url = webUrl(double ?? single ?? bare ?? '');
      if (url !== null) found.add(url);
    }
    if (found.size >= imageLimit) break;
  }
  return [...found];
}
