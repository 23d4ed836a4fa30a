// Whom we trust: the authorities that come with the runtime, and those of the system.
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Debian and Arch, Fedora, openSUSE, Alpine. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/var/lib/ca-certificates/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

let known: readonly string[] | null = null;

/** PEM texts, each once; read at the first call and kept. */
export function authorities(): readonly string[] {
  known ??= [...new Set([...tls.rootCertificates, ...extra(process.env.NODE_EXTRA_CA_CERTS), ...system()].map((pem) => pem.trim()))];
  return known;
}

function system(): string[] {
  for (const path of bundles) {
    const found = extra(path);
    if (found.length > 0) return found;
  }
  return [];
}

function extra(path: string | undefined): string[] {
  if (path === undefined || path === '') return [];
  try {
    return readFileSync(path, 'latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  } catch {
    return [];
  }
}
