// A message that we write, as RFC 5322 bytes with LF lines: names and subject as encoded words, text as format=flowed, files
// with RFC 2231 names. Encodings are nodemailer's MimeNode's; what stands where is ours.
import { randomUUID } from 'node:crypto';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Address } from '../../shared/message.js';
import { flowed } from './compose-flowed.js';
import type { Place } from './compose-thread.js';

export interface ComposedFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  /** Without brackets: shown inside the HTML; null: beside the text. */
  readonly contentId: string | null;
}
export interface Composed {
  readonly from: Address;
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Kept in our own copy; the outbox takes it out of what goes over the wire. */
  readonly bcc: readonly Address[];
  readonly place: Place;
  readonly text: string;
  /** null: plain text alone. */
  readonly html: string | null;
  readonly files: readonly ComposedFile[];
  readonly date: Date;
  /** With brackets; null: a new one at the sender's domain. */
  readonly messageId: string | null;
}

export async function compose(message: Composed): Promise<Buffer> {
  const root = body(message);
  const fields: readonly (readonly [string, string | readonly Address[]])[] = [
    ['From', [message.from]],
    ['Reply-To', message.replyTo],
    ['To', message.to],
    ['Cc', message.cc],
    ['Bcc', message.bcc],
    ['Subject', message.place.subject],
    ['In-Reply-To', message.place.inReplyTo ?? ''],
    ['References', message.place.references.join(' ')],
    ['X-Todoku-Branched-From', message.place.branchedFrom ?? ''],
  ];
  for (const [name, value] of fields) if (value.length > 0) root.setHeader(name, typeof value === 'string' ? value : [...value]);
  root.setHeader('Date', zonedDate(message.date));
  root.setHeader('Message-ID', message.messageId ?? newMessageId(message.from.address));
  root.keepBcc = true;
  const built = await root.build();
  return Buffer.from(built.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

export function newMessageId(address: string): string {
  const domain = /@([A-Za-z0-9.-]+)$/.exec(address)?.[1] ?? 'todoku.invalid';
  return `<${randomUUID()}@${domain}>`;
}

/** RFC 5322 3.3 with this machine's zone, as people read it. */
export function zonedDate(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + minutes * 60_000).toUTCString().replace(/ GMT$/, '');
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
  return `${local} ${minutes < 0 ? '-' : '+'}${hours}${rest}`;
}

/** mixed( alternative( text, related( html, images ) ), files ), each level only where it is needed. */
function body({ text, html, files }: Composed): MimeNode {
  const inside = html === null ? [] : files.filter(({ contentId }) => contentId !== null);
  const beside = files.filter((file) => !inside.includes(file));
  const shown = html === null ? null : wrap('multipart/related', [textNode('text/html; charset=utf-8', html), ...inside.map(fileNode)]);
  const main = wrap('multipart/alternative', [plainNode(text), ...(shown === null ? [] : [shown])]);
  return wrap('multipart/mixed', [main, ...beside.map(fileNode)]);
}

function wrap(type: string, parts: readonly MimeNode[]): MimeNode {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const node = new MimeNode(type);
  for (const part of parts) node.appendChild(part);
  return node;
}

function plainNode(text: string): MimeNode {
  const { text: lines, delSp } = flowed(text);
  return textNode(`text/plain; charset=utf-8; format=flowed${delSp ? '; delsp=yes' : ''}`, lines);
}

/** Always encoded, so that no relay takes the blanks at line ends; base64 where most of it is not ASCII. */
function textNode(type: string, text: string): MimeNode {
  const other = text.replace(/[\0-\x7f]/g, '').length;
  const node = new MimeNode(type);
  node.setHeader('Content-Transfer-Encoding', other * 4 > text.length ? 'base64' : 'quoted-printable');
  node.setContent(text.replaceAll('\n', '\r\n'));
  return node;
}

function fileNode({ name, type, content, contentId }: ComposedFile): MimeNode {
  const node = new MimeNode(type, { filename: name });
  node.setHeader('Content-Disposition', contentId === null ? 'attachment' : 'inline');
  if (contentId !== null) node.setHeader('Content-ID', `<${contentId}>`);
  node.setHeader('Content-Transfer-Encoding', 'base64');
  node.setContent(content);
  return node;
}
