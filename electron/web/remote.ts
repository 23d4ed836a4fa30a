// The address of a remote image on our own origin: `/part/<message>/remote?url=<address>`. The station decides about it.
import type { MailError } from '../../shared/error.js';

export interface RemoteAddress {
  readonly message: string;
  readonly url: string;
}

/** Null for anything else. */
export function parseRemotePath(url: URL): RemoteAddress | null {
  const [, first, message, part, ...rest] = url.pathname.split('/');
  const [only, ...others] = [...url.searchParams];
  if (first !== 'part' || !message || part !== 'remote' || rest.length > 0 || only?.[0] !== 'url' || others.length > 0) return null;
  try {
    const id = decodeURIComponent(message);
    return /[\0-\x1f\x7f]/.test(id) || id.length > 500 ? null : { message: id, url: only[1] };
  } catch {
    return null;
  }
}

export function remoteStatus({ code }: MailError): number {
  return code === 'not-found' ? 404 : code === 'forbidden' ? 403 : 502;
}
