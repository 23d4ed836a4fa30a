// To whom a bounce may be sent at all (RFC 3834 2, RFC 5321 6.1): never to a null sender, a list, a program or a mail system.
import { type HeaderField, readHeaders } from '../../shared/mail-header.js';

const mailSystem =
  /^(mailer-daemon|postmaster|root|daemon|nobody|fetchmail-daemon|mdaemon|double-bounce|bounces?|listserv|majordomo|mailman|no-?reply|do-?not-?reply)([-+=].*)?$/i;
const listSender = /^owner-|-(owner|request|bounces?|errors|admin|relay|return)([-+=].*)?$|[-+=]bounces?[-+=]/i;

/** Where a bounce may go, or null. `sender`: the envelope sender; without it, Return-Path. A From is never guessed at. */
export function bounceAddress(header: Uint8Array, sender?: string): string | null {
  const { fields } = readHeaders(Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('latin1'));
  const returnPath = first(fields, 'return-path');
  const address = sender ?? (returnPath === null ? '' : (/<([^<>]*)>/.exec(returnPath)?.[1] ?? returnPath).trim());
  const at = address.lastIndexOf('@');
  if (returnPath !== null && /^<\s*>$/.test(returnPath)) return null;
  if (at <= 0 || at === address.length - 1 || /[\s\0-\x1f<>]/.test(address)) return null;
  const local = address.slice(0, at);
  return mailSystem.test(local) || listSender.test(local) || isAutomatic(fields) ? null : address;
}

export function mayBounce(header: Uint8Array, sender?: string): boolean {
  return bounceAddress(header, sender) !== null;
}

function first(fields: readonly HeaderField[], key: string): string | null {
  return fields.find((field) => field.key === key)?.value ?? null;
}

const listFields = [
  'list-id',
  'list-post',
  'list-help',
  'list-unsubscribe',
  'list-subscribe',
  'list-owner',
  'list-archive',
  'mailing-list',
  'x-mailing-list',
];

function isAutomatic(fields: readonly HeaderField[]): boolean {
  const said = (key: string, pattern: RegExp) => fields.some((field) => field.key === key && pattern.test(field.value));
  return (
    said('auto-submitted', /^(?!\s*no\b)/i) ||
    said('precedence', /^\s*(bulk|list|junk)\b/i) ||
    said('content-type', /^\s*multipart\/report\b|^\s*message\/(global-)?delivery-status\b/i) ||
    said('x-auto-response-suppress', /\b(all|dr|ndr)\b/i) ||
    said('from', /mailer-daemon/i) ||
    fields.some(({ key }) => listFields.includes(key) || key === 'x-autoreply' || key === 'x-autorespond' || key === 'x-failed-recipients')
  );
}
