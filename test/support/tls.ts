// Certificates for tests, made with openssl: good for localhost, for another name, expired, or signed by an own authority.
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
  /** SHA-256, hex with colons. */
  readonly fingerprint256: string;
}
export interface Wanted {
  /** Subject alternative names, openssl's way. */
  readonly names?: readonly string[];
  readonly expired?: boolean;
}

const local = ['DNS:localhost', 'IP:127.0.0.1'];

/** A self-signed certificate; for localhost unless told otherwise. */
export async function selfSigned(wanted: Wanted = {}): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'todoku-tls-'));
  try {
    const [key, request, cert, extensions] = ['key.pem', 'req.pem', 'cert.pem', 'ext.cnf'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ];
    await writeFile(extensions, `subjectAltName=${(wanted.names ?? local).join(',')}\nbasicConstraints=critical,CA:FALSE\n`);
    await run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key]);
    await run('openssl', ['req', '-new', '-key', key, '-subj', '/CN=Todoku test', '-out', request]);
    const days = wanted.expired ? '-1' : '30';
    await run('openssl', ['x509', '-req', '-in', request, '-signkey', key, '-days', days, '-extfile', extensions, '-out', cert]);
    const pem = await readFile(cert, 'utf8');
    return { key: await readFile(key, 'utf8'), cert: pem, fingerprint256: new X509Certificate(pem).fingerprint256 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
