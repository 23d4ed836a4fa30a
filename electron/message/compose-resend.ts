// A message that goes on as it is (RFC 5322 3.6.6): our Resent- block before its own header. What only says how it reached
// us stays here; Delivered-To above all, by which a server would take it for a loop.
import MimeNode from 'nodemailer/lib/mime-node';
import type { Address } from '../../shared/message.js';
import { newMessageId, zonedDate } from './compose.js';
import { headerEnd } from './header.js';
import { headerFields } from './headers.js';

export interface Resent {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly date: Date;
}

const local = /^(?:return-path|delivered-to|x-original-to|envelope-to|x-todoku-.*|x-virus-.*|bcc|resent-bcc)$/;

export function resend(raw: Buffer, { from, to, cc, bcc, date }: Resent): Buffer {
  const end = headerEnd(raw);
  const kept = headerFields(raw.toString('latin1', 0, end)).filter(({ name }) => !local.test(name));
  const list = (name: string, people: readonly Address[]) => (people.length === 0 ? [] : [`${name}: ${encoded(people)}`]);
  const head = [
    `Resent-Date: ${zonedDate(date)}`,
    ...list('Resent-From', [from]),
    ...list('Resent-To', to),
    ...list('Resent-Cc', cc),
    ...list('Resent-Bcc', bcc),
    `Resent-Message-ID: ${newMessageId(from.address)}`,
    ...kept.map((field) => field.raw),
  ];
  const body = raw.toString('latin1', end).replaceAll('\r\n', '\n');
  return Buffer.from(`${head.join('\n')}\n${body}`, 'latin1');
}

/** As the package writes them in a To field, folded. */
function encoded(people: readonly Address[]): string {
  const node = new MimeNode('text/plain');
  node.setHeader('To', [...people]);
  return /^To: ([^\n]*(?:\n[ \t][^\n]*)*)/m.exec(node.buildHeaders().replaceAll('\r\n', '\n'))?.[1] ?? '';
}
