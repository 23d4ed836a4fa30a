// The server's certificate as the account dialog shows it, also when it was refused.
import type { X509Certificate } from 'node:crypto';
import { MailError } from '../../shared/error.js';
import type { Certificate } from '../../shared/station.js';

export function describeCertificate(x509: X509Certificate): Certificate {
  return {
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    names: (x509.subjectAltName ?? '')
      .split(', ')
      .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
      .filter((name) => name !== ''),
    from: new Date(x509.validFrom).toISOString(),
    to: new Date(x509.validTo).toISOString(),
    fingerprint: x509.fingerprint256,
    pem: x509.toString(),
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

/** Cause of every TLS error that came after the server had shown a certificate. */
export class RefusedCertificate extends Error {
  override readonly name = 'RefusedCertificate';
  constructor(
    readonly certificate: Certificate,
    reason: unknown,
  ) {
    super('the certificate was refused', { cause: reason });
  }
}

/** The certificate that was refused, of an error from openPop3; null where none was seen. */
export function peerCertificate(error: unknown): Certificate | null {
  return error instanceof MailError && error.cause instanceof RefusedCertificate ? error.cause.certificate : null;
}
