// app: serves the built window, mailpart: the parts of messages that were opened (S3, S4). GET only; no file: anywhere.
// The same parts stand below app://todoku/part/, for what the window reads as text: its policy connects to 'self' alone.
import { protocol, type Session } from 'electron';
import { MailError } from '../../shared/error.js';
import type { Part } from '../station/context.js';
import { windowAsset } from '../web/asset.js';
import { type PartAddress, parsePartPath, partHeaders } from '../web/part.js';
import { parseRemotePath, type RemoteAddress } from '../web/remote.js';
import { isPartAddress, isWindowAddress } from './address.js';

/** Before the app is ready, or the schemes are not standard. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, bypassCSP: false, corsEnabled: false };
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges },
    { scheme: 'mailpart', privileges: { ...privileges, supportFetchAPI: false, stream: true } },
  ]);
}

export interface PartSource {
  part(address: PartAddress): Promise<Part>;
  remote(address: RemoteAddress): Promise<Part>;
}

export function serveSchemes(session: Session, windowFolder: string, source: PartSource): void {
  session.protocol.handle('app', async (request) => {
    if (request.method !== 'GET' || !isWindowAddress(request.url)) return plain(404, 'not found');
    const url = new URL(request.url);
    const address = parsePartPath(url);
    if (address !== null) return partResponse(address, () => source.part(address));
    const remote = parseRemotePath(url);
    if (remote !== null) return partResponse({ message: remote.message, part: 'remote', save: false }, () => source.remote(remote));
    const { status, headers, body } = await windowAsset(windowFolder, url.pathname, 'mailpart:');
    return new Response(new Uint8Array(body), { status, headers });
  });
  session.protocol.handle('mailpart', async (request) => {
    const address = request.method === 'GET' && isPartAddress(request.url) ? parsePartPath(new URL(request.url)) : null;
    return address === null ? plain(404, 'not found') : partResponse(address, () => source.part(address));
  });
}

async function partResponse(address: PartAddress, read: () => Promise<Part>): Promise<Response> {
  try {
    const part = await read();
    return new Response(ReadableStream.from(part.body), { headers: partHeaders(address, part) });
  } catch (error) {
    const known = error instanceof MailError && (error.code === 'not-found' || error.code === 'forbidden');
    return plain(known ? 404 : 500, known ? 'not found' : 'the part could not be read');
  }
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
    },
  });
}
