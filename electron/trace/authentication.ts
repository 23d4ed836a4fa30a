// What servers wrote of SPF, DKIM, DMARC and ARC (RFC 8601, 7208 9.1, 8617). Anyone can write such a line: only those
// that stand above the boundary's Received line were put there by servers of ours. Nothing is verified here.
import { type HeaderField, headerValue } from '../../shared/mail-header.js';
import type { AuthenticationMethod, AuthenticationResult } from '../../shared/trace.js';
import { tokensOf } from './tokens.js';

const mostResults = 50;
const mostMethods = 50;
const longestValue = 20_000;

/** Top of the header first. `boundary` null: nothing is trusted. */
export function authenticationOf(fields: readonly HeaderField[], boundary: HeaderField | null): AuthenticationResult[] {
  const trustedUpTo = boundary === null ? -1 : fields.indexOf(boundary);
  const results = fields.flatMap((field, index) => {
    const read = readers[field.key]?.(field.value.slice(0, longestValue));
    return read ? [{ ...read, trusted: index < trustedUpTo }] : [];
  });
  return results.slice(0, mostResults);
}

type Read = Omit<AuthenticationResult, 'trusted'>;
const readers: Readonly<Record<string, (value: string) => Read | null>> = {
  'authentication-results': readResults,
  'x-original-authentication-results': readResults,
  'arc-authentication-results': (value) => readResults(value.replace(/^\s*i\s*=\s*\d+\s*;/, '')),
  'received-spf': readSpf,
};

interface Segment {
  readonly words: readonly string[];
  readonly comments: readonly string[];
}

function segmentsOf(value: string): Segment[] {
  const segments: { words: string[]; comments: string[] }[] = [{ words: [], comments: [] }];
  for (const token of tokensOf(value.replaceAll(/\s*=\s*/g, '='))) {
    const last = segments.at(-1);
    if (token.kind === 'semicolon') segments.push({ words: [], comments: [] });
    else (token.kind === 'comment' ? last?.comments : last?.words)?.push(token.text);
  }
  return segments.filter((segment) => segment.words.length > 0);
}

/** Office 365 leaves the authserv-id out: then the first segment is a result already. */
function readResults(value: string): Read | null {
  const segments = segmentsOf(value);
  const first = segments[0]?.words ?? [];
  const named = first[0] !== undefined && !/^[\w-]+(?:\/\d+)?=/.test(first[0]);
  const methods = segments.slice(named ? 1 : 0).flatMap((segment) => readMethod(segment) ?? []);
  if (!named && methods.length === 0) return null;
  return { authservId: named ? (first[0] ?? '') : '', methods: methods.slice(0, mostMethods) };
}

function readMethod({ words, comments }: Segment): AuthenticationMethod | null {
  const head = /^([\w-]+)(?:\/\d+)?=(\w+)$/.exec(words[0] ?? '');
  if (!head?.[1] || !head[2]) return null;
  const properties = words.slice(1).map((word) => word.replaceAll('"', ''));
  const detail = [...properties, ...comments.map((comment) => `(${comment})`)].join(' ');
  return { method: head[1].toLowerCase(), result: head[2].toLowerCase(), domain: domainIn(properties), detail };
}

const domainProperties = ['header.d', 'header.i', 'smtp.mailfrom', 'smtp.mail', 'header.from', 'smtp.helo', 'policy.iprev'];

function domainIn(properties: readonly string[]): string | null {
  for (const name of domainProperties) {
    const value = properties.find((property) => property.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    if (value !== undefined && value !== '') return value.slice(value.lastIndexOf('@') + 1).toLowerCase() || null;
  }
  return null;
}

/** `pass (host: domain of a@b designates ...) client-ip=...; envelope-from=...; receiver=...;` */
function readSpf(value: string): Read | null {
  const result = /^\s*([a-z]+)\b/i.exec(value)?.[1]?.toLowerCase();
  if (result === undefined) return null;
  const short = value.slice(0, 2000);
  const sender = /\benvelope-from="?<?([^\s;">]+)/i.exec(short)?.[1] ?? /\bdomain of (?:transitioning )?(\S+)/i.exec(short)?.[1];
  const server = /\breceiver=([^\s;]+)/i.exec(short)?.[1] ?? /^\s*\w+\s*\(([\w.-]+):/.exec(short)?.[1] ?? '';
  const domain = sender === undefined ? null : sender.slice(sender.lastIndexOf('@') + 1).toLowerCase();
  return { authservId: server, methods: [{ method: 'spf', result, domain, detail: short.slice(result.length).trim() }] };
}

/** Why the message went to this mailbox: the first header that fetchers take for the envelope recipient, and its value. */
export function envelopeRecipient(fields: readonly HeaderField[]): { readonly header: string; readonly address: string } | null {
  for (const header of ['X-Original-To', 'Delivered-To', 'Envelope-To', 'X-Envelope-To']) {
    const value = headerValue(fields, header.toLowerCase());
    if (value !== null) return { header, address: value.replace(/^<|>$/g, '') };
  }
  return null;
}
