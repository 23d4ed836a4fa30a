// Who may speak to the web face (S17): a loopback name as Host, our own origin, and this start's token.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Names by which a loopback port is reached, an ssh tunnel's included; its port may differ from ours. */
const hosts = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

export interface Gate {
  /** Goes into the one URL that is printed. */
  readonly token: string;
  /** Cookie header that admits whoever shows the token; null for a wrong token. */
  exchange(token: string): string | null;
  /** Null when the request may pass; else why not, for the log. */
  refuse(request: IncomingMessage, kind: 'page' | 'socket'): string | null;
  /** Host and origin alone: what the exchange itself must pass. */
  refuseStranger(request: IncomingMessage, kind: 'page' | 'socket'): string | null;
}

/** `port` names the cookie: cookies of one host are shared by all its ports. */
export function makeGate(port: number): Gate {
  const token = randomBytes(24).toString('base64url');
  const ticket = randomBytes(24).toString('base64url');
  const cookie = `todoku-${port}`;
  const gate: Gate = {
    token,
    exchange: (shown) => (same(shown, token) ? `${cookie}=${ticket}; HttpOnly; SameSite=Strict; Path=/` : null),
    refuseStranger(request, kind) {
      if (!hosts.test(request.headers.host ?? '')) return 'host';
      const { origin } = request.headers;
      if (origin === undefined) return kind === 'socket' ? 'origin' : null;
      return origin === `http://${request.headers.host}` ? null : 'origin';
    },
    refuse(request, kind) {
      const stranger = gate.refuseStranger(request, kind);
      if (stranger !== null) return stranger;
      return same(readCookie(request.headers.cookie ?? '', cookie), ticket) ? null : 'token';
    },
  };
  return gate;
}

function readCookie(header: string, name: string): string {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return '';
}

/** In a time that does not depend on where they differ. */
function same(shown: string, known: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(known));
}
