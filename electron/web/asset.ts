// Files of the built window by URL path; nothing outside its folder, whatever the path says.
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { commonHeaders, freshNonce, noncePlace, windowPolicy } from './policy.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function textAnswer(status: number, text: string): Answer {
  return {
    status,
    headers: { ...commonHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    body: Buffer.from(`${text}\n`),
  };
}

/** `path` is the URL's path, still percent-encoded. 404 for whatever is not a plain file of the window. */
export async function windowAsset(root: string, path: string, parts: 'mailpart:' | null): Promise<Answer> {
  const file = await locate(root, path === '/' ? '/index.html' : path);
  const type = file === null ? undefined : types[extname(file)];
  if (file === null || type === undefined) return textAnswer(404, 'not found');
  const nonce = freshNonce();
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return textAnswer(404, 'not found');
  const body = file.endsWith('.html') ? Buffer.from(bytes.toString('utf8').replaceAll(noncePlace, nonce)) : bytes;
  const fresh = file.endsWith('.html') ? 'no-store' : 'private, max-age=31536000, immutable';
  return {
    status: 200,
    headers: { ...commonHeaders, 'Content-Type': type, 'Content-Security-Policy': windowPolicy(nonce, parts), 'Cache-Control': fresh },
    body,
  };
}

async function locate(root: string, path: string): Promise<string | null> {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (/[\0\\]/.test(name) || name.split('/').some((step) => step === '..' || step === '.')) return null;
  const base = await realpath(root).catch(() => null);
  if (base === null) return null;
  const file = await realpath(join(base, name)).catch(() => null);
  return file?.startsWith(base + sep) === true ? file : null;
}
