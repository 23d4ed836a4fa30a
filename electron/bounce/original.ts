// The message a report is about: its header, from an enclosed message or header part, or from the text below the words
// that announce it. Message-ID, Subject, From, To, Date; nothing is looked up.
import type { OriginalMessage } from '../../shared/bounce.js';
import { isoDate } from '../../shared/mail-date.js';
import { type HeaderField, headerValue, readHeaders } from '../../shared/mail-header.js';
import { headerText } from './charset.js';
import { allParts, type Part, partText } from './mime.js';

const enclosed = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/global-headers',
  'message/rfc822-headers',
  'text/rfc822-header',
]);

/** From the parts of a report; null where the original is not there. */
export function originalOf(root: Part): OriginalMessage | null {
  for (const part of allParts(root)) {
    if (!enclosed.has(part.type)) continue;
    const encoded = part.type.startsWith('text/') || headerValue(part.fields, 'content-transfer-encoding') !== null;
    const found = fromHeader(encoded ? partText(part) : part.body);
    if (found) return found;
  }
  return null;
}

/** From a text that begins with a header, after blank lines and a `From ` line. */
export function fromHeader(text: string): OriginalMessage | null {
  const start = /^\s*/.exec(text.slice(0, 10_000))?.[0].length ?? 0;
  const { fields } = readHeaders(text.slice(start, start + 200_000));
  const of = (key: string): string | null => shown(fields, key);
  const original = { messageId: of('message-id'), subject: of('subject'), from: of('from'), to: of('to'), date: isoDate(of('date') ?? '') };
  return original.messageId === null && original.subject === null && original.from === null ? null : original;
}

function shown(fields: readonly HeaderField[], key: string): string | null {
  const value = headerValue(fields, key);
  const text = value === null ? '' : headerText(value);
  return text === '' ? null : text;
}

/** Words that announce a returned message in plain text. All below belongs to the original and says nothing of the failure. */
const announcements =
  /^[\s>*=_-]*(?:below (?:this|the next) line is|this is a copy of|(?:the )?(?:original|returned|old|unsent|undelivered) (?:e-?mail |mail )?(?:message|mail)?\s?(?:as received |header |attached|follows|below|text|is)|original message|old message:|(?:message|mail) (?:text|headers?|body) follow|the (?:headers?|body|first \d+ lines) of (?:the |your )?(?:original )?(?:message|mail)|-+ ?(?:header|copy|start) of|returned (?:mail|message) (?:follows|below)|here is (?:a copy|your returned)|included (?:is a copy|below)|(?:a )?(?:copy|summary|transcript) of (?:the |your )?(?:original|undelivered|message) |your message reads|unsent message|forwarded message|begin (?:original|returned) message|header of the source mail|enclosed (?:is|are)|returned content|message header|mensaje original|message d.origine|urspr|nachricht folgt|元の(?:メール|メッセージ)|以下.{0,20}(?:オリジナル|元メール|原文)|原邮件(?!信息)|исходн|start of returned message)/i;

/** Index of the line that announces the original, or the number of lines. */
export function announcedAt(lines: readonly string[]): number {
  const found = lines.findIndex((line, index) => index > 0 && line.length < 200 && announcements.test(line));
  return found < 0 ? lines.length : found;
}

/** The original below its announcement, where its header stands in the text. */
export function originalInText(lines: readonly string[]): OriginalMessage | null {
  const rest = lines.slice(announcedAt(lines) + 1);
  const start = rest.findIndex((line) =>
    /^>?\s?(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|X-[\w-]+|Reply-To|Content-[\w-]+):/i.test(line),
  );
  if (start < 0 || start > 40) return null;
  const quoted = rest[start]?.startsWith('>') === true;
  const header = rest.slice(start, start + 300).map((line) => (quoted ? line.replace(/^> ?/, '') : line));
  return fromHeader(header.join('\n'));
}
