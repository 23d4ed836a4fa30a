// TLS towards the server: whom to trust, the pinned certificate, and what each failure means. Verification is never
// switched off, so nothing is said to a man in the middle.
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { type FailureCode, type FailureFacts, MailError } from '../../shared/error.js';
import { authorities } from './authorities.js';
import { describeCertificate, RefusedCertificate } from './certificate.js';
import { networkError, systemCode } from './network-error.js';

export interface Trust {
  readonly host: string;
  /** SHA-256, hex with colons: this certificate and no other. */
  readonly pin: string | null;
  /** Its PEM, so that it is trusted without an authority; expiry still counts. */
  readonly pinnedPem: string | null;
  readonly extraCa?: readonly string[];
}

const pinChanged = 'TODOKU_PIN_CHANGED';

/** For tls.connect, and for the packages that call it. */
export function tlsOptions(trust: Trust): tls.ConnectionOptions {
  return {
    host: trust.host,
    // RFC 6066: no address as a server name; the certificate is still compared with `host`.
    servername: isIP(trust.host) ? '' : trust.host,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    secureContext: contextFor(trust),
    checkServerIdentity: (host, certificate) => checkIdentity(trust, host, certificate),
  };
}

function checkIdentity({ pin }: Trust, host: string, certificate: tls.PeerCertificate): Error | undefined {
  if (pin === null) return tls.checkServerIdentity(host, certificate);
  if (samePin(pin, certificate.fingerprint256)) return undefined;
  return Object.assign(new Error('the pinned certificate has changed'), { code: pinChanged });
}

function samePin(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll(':', '').toLowerCase();
  return plain(one) === plain(other);
}

/** Parsing some 150 authorities takes milliseconds, so contexts are kept: a station has few distinct ones. */
const contexts = new Map<string, tls.SecureContext>();
const mostContexts = 64;

function contextFor({ pinnedPem, extraCa = [] }: Trust): tls.SecureContext {
  const own = [...extraCa, ...(pinnedPem === null ? [] : [pinnedPem])];
  const key = own.join('\n');
  const kept = contexts.get(key);
  if (kept) return kept;
  const context = tls.createSecureContext({ ca: [...authorities(), ...own], allowPartialTrustChain: pinnedPem !== null });
  if (contexts.size >= mostContexts) contexts.clear();
  contexts.set(key, context);
  return context;
}

const byTlsCode: Readonly<Record<string, FailureCode>> = {
  [pinChanged]: 'tls-pin-changed',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name',
};
const notSpoken = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_TOO_|INVALID_RECORD|BAD_RECORD_TYPE/i;

const sentence: Partial<Record<FailureCode, string>> = {
  'tls-pin-changed': 'the server shows another certificate than the pinned one',
  'tls-expired': 'the certificate is not valid at this time',
  'tls-name': 'the certificate is for another name',
  'tls-untrusted': 'the certificate is not signed by a known authority',
  'tls-not-spoken': 'the server does not speak TLS on this port',
  tls: 'TLS failed',
};

/** A failed handshake as an error; its cause holds the certificate where one was shown. */
export function tlsError(error: unknown, trust: Trust, shown: X509Certificate | null, facts: FailureFacts): MailError {
  const code = classify(error, trust, shown);
  if (code === null) return networkError(error, facts);
  const said = error instanceof Error ? error.message.trim() : String(error);
  const cause = shown === null ? error : new RefusedCertificate(describeCertificate(shown), error);
  const known = shown === null ? facts : { ...facts, fingerprint: shown.fingerprint256, ...nameOf(shown) };
  return new MailError(code, `${sentence[code] ?? 'TLS failed'}: ${said}`, code === 'tls', { ...known, cause });
}

function nameOf(shown: X509Certificate): { name?: string } {
  const [name] = describeCertificate(shown).names;
  return name === undefined ? {} : { name };
}

function classify(error: unknown, trust: Trust, shown: X509Certificate | null): FailureCode | null {
  const code = systemCode(error);
  if (shown !== null) {
    if (trust.pin !== null && !samePin(trust.pin, shown.fingerprint256)) return 'tls-pin-changed';
    return byTlsCode[code] ?? (isSocketCode(code) ? null : 'tls-untrusted');
  }
  if (notSpoken.test(code) || (code === 'EPROTO' && notSpoken.test(String(error)))) return 'tls-not-spoken';
  return code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO' ? 'tls' : null;
}

/** ECONNRESET and its like: the connection broke, the certificate was not what was wrong. */
function isSocketCode(code: string): boolean {
  return /^E[A-Z]+$/.test(code) || code === '';
}
