// What a page of ours may load, said in headers (S5). The same words on both faces; only the place of message parts differs.
import { randomBytes } from 'node:crypto';

/** Stands in the built page where the nonce of the response goes. */
export const noncePlace = 'TODOKU-NONCE';

export function freshNonce(): string {
  return randomBytes(18).toString('base64url');
}

/** Content-Security-Policy of the window. `parts`: the scheme of message parts where it is not our own origin. */
export function windowPolicy(nonce: string, parts: 'mailpart:' | null): string {
  const more = parts === null ? '' : ` ${parts}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:${more}`,
    "font-src 'self'",
    "connect-src 'self'",
    // The message frame is a srcdoc: no address may stand in a frame.
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of a part, should anyone open it as a page: nothing at all, in an origin of its own. */
export const partPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=()',
};
