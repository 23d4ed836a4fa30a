// All fields of a header, decoded, sorted into groups, each with a sentence where we know what it is for.
import { decodeWords } from '../../shared/encoded-words.js';
import { type HeaderField, readHeaders } from '../../shared/mail-header.js';
import type { HeaderGroup } from '../../shared/trace.js';
import { explainHeader } from '../../shared/trace-text.js';
import { binaryOf, decodeCharset, textOf } from './bytes.js';

type Group = HeaderGroup['group'];
/** First that matches a lower-case name wins. */
const rules: readonly (readonly [Group, RegExp])[] = [
  ['station', /^(?:x-todoku-|x-fetchmail|x-getmail|x-mpop|x-virus|x-spam|x-quarantine|status$|x-status$|x-keywords$|x-uid)/],
  ['envelope', /^(?:return-path|delivered-to|x-original-to|envelope-to|x-envelope-|received$|errors-to|x-rcpt-to|x-failed-recipients)/],
  [
    'authentication',
    /^(?:authentication-results|arc-|dkim-|domainkey|received-spf|x-google-dkim|x-original-authentication|bimi-|x-ms-exchange-auth)/,
  ],
  ['list', /^(?:list-|mailing-list|x-mailman|x-beenthere|x-list|x-loop|sender$|x-ml-|precedence$|feedback-id)/],
  [
    'automatic',
    /^(?:auto-submitted|x-auto|x-autoreply|importance|priority|x-priority|x-msmail-priority|disposition-notification|return-receipt|sensitivity)/,
  ],
  ['addressing', /^(?:from|to|cc|bcc|reply-to|mail-followup-to|mail-reply-to|resent-|apparently-)/],
  [
    'identity',
    /^(?:date|message-id|in-reply-to|references|subject|thread-|comments|keywords|organi[sz]ation|x-mailer|user-agent|x-originating-ip)/,
  ],
  ['mime', /^(?:mime-version|content-|lines$)/],
];
const order: readonly Group[] = ['envelope', 'addressing', 'identity', 'list', 'automatic', 'authentication', 'station', 'mime', 'other'];

/** `raw`: a message or its header. Groups without fields are left out. Never throws. */
export function headerGroups(raw: Uint8Array | string, language: 'en' | 'ja' = 'en'): HeaderGroup[] {
  const { fields } = readHeaders(binaryOf(raw));
  return order.flatMap((group) => {
    const headers = fields.filter((field) => groupOf(field.key) === group).map((field) => headerOf(field, language));
    return headers.length === 0 ? [] : [{ group, headers }];
  });
}

function groupOf(key: string): Group {
  return rules.find(([, shape]) => shape.test(key))?.[0] ?? 'other';
}

function headerOf(field: HeaderField, language: 'en' | 'ja'): HeaderGroup['headers'][number] {
  return { name: field.name, value: decodeWords(textOf(field.value), decodeCharset), explained: explainHeader(field.name, language) };
}
