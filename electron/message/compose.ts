// A message that we write, as RFC 5322 bytes with LF lines: names and subject as encoded words, text as format=flowed, files
// with RFC 2231 names. Encodings are nodemailer's MimeNode's; what stands where is ours.
import { randomUUID } from 'node:crypto';
import MimeNode from 'nodemailer/lib/mime-node';
import type { Address } from '../../shared/message.js';
import { flowed } from './compose-flowed.js';
import { encodeIso2022jp, iso2022jpWords, missingInIso2022jp } from './compose-iso2022jp.js';
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
  /** ISO-2022-JP for header and text, where it has every sign that they need. */
  readonly japanese?: boolean;
  /** What only a draft says, for the program that goes on with it; folded at its blanks. */
  readonly draft?: string;
}

export async function compose(message: Composed): Promise<Buffer> {
  const japanese = message.japanese === true && missingInIso2022jp(wordsOf(message)) === '';
  const root = body(message, japanese);
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
  for (const [name, value] of fields) {
    if (value.length === 0) continue;
    const words = name === 'Subject' ? iso2022jpWords(message.place.subject) : typeof value === 'string' ? null : peopleInJapanese(value);
    if (japanese && words !== null) root.setHeader(`${aside}${name}`, { prepared: true, value: words });
    else root.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  if (message.draft !== undefined) root.setHeader('X-Todoku-Draft', { prepared: true, foldLines: true, value: message.draft });
  root.setHeader('Date', zonedDate(message.date));
  root.setHeader('Message-ID', message.messageId ?? newMessageId(message.from.address));
  root.keepBcc = true;
  const built = await root.build();
  const text = built.toString('latin1').replaceAll('\r\n', '\n');
  return Buffer.from(japanese ? text.replace(/^[\s\S]*?\n\n/, (head) => head.replace(asideField, '$1:')) : text, 'latin1');
}

/** Fields that the package would encode its own way go by another name until they are written. */
const aside = 'X-Todoku-Aside-';
const asideField = /^X-Todoku-Aside-(From|Reply-To|To|Cc|Bcc|Subject):/gm;

/** All that a reader's program has to know the signs of. */
export function wordsOf({ from, replyTo, to, cc, bcc, place, text }: Composed): string {
  return [...[from, ...replyTo, ...to, ...cc, ...bcc].map(({ name }) => name), place.subject, text].join('\n');
}

function peopleInJapanese(people: readonly Address[]): string {
  const plain = (name: string) => `"${name.replace(/["\\]/g, '\\$&')}"`;
  return people
    .map(({ name, address }) => {
      if (name === '') return address;
      return `${/^[\x20-\x7e]*$/.test(name) ? plain(name) : iso2022jpWords(name)} <${address}>`;
    })
    .join(',\r\n ');
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
function body({ text, html, files }: Composed, japanese: boolean): MimeNode {
  const inside = html === null ? [] : files.filter(({ contentId }) => contentId !== null);
  const beside = files.filter((file) => !inside.includes(file));
  const shown = html === null ? null : wrap('multipart/related', [textNode('text/html; charset=utf-8', html), ...inside.map(fileNode)]);
  const main = wrap('multipart/alternative', [japanese ? japaneseNode(text) : plainNode(text), ...(shown === null ? [] : [shown])]);
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

/** Seven bits as they are: what programs of that time decode. */
function japaneseNode(text: string): MimeNode {
  const { text: lines, delSp } = flowed(text);
  const node = new MimeNode(`text/plain; charset=iso-2022-jp; format=flowed${delSp ? '; delsp=yes' : ''}`);
  // The package would encode the escapes.
  Object.assign(node, { getTransferEncoding: () => '7bit' });
  node.setContent(Buffer.from(encodeIso2022jp(lines)?.toString('latin1').replaceAll('\n', '\r\n') ?? '', 'latin1'));
  return node;
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
  // RFC 2046 5.2.1: a message inside a message is not encoded.
  node.setHeader('Content-Transfer-Encoding', /^message\//i.test(type) ? '8bit' : 'base64');
  node.setContent(content);
  return node;
}
