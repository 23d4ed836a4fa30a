// What an answer or a forwarded message begins with: the old text, quoted or under its head.
import { typedAddresses } from '../../shared/address-text.js';
import type { Address } from '../../shared/message.js';
import { flowed } from './compose-flowed.js';

export type QuoteLanguage = 'en' | 'ja';
export interface Quoted {
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly date: Date | null;
  readonly text: string;
}

const dateText = (date: Date, language: QuoteLanguage) =>
  new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'full', timeStyle: 'short' }).format(date);

/** Quoted, without its signature, in lines that another program need not break. */
export function quote(text: string): string {
  const body = text.replace(/\r\n?/g, '\n').split(/\n-- ?\n/)[0] ?? '';
  return body
    .trim()
    .split('\n')
    .flatMap((line) => (line.startsWith('>') ? [`>${line}`] : pieces(line).map((piece) => (piece === '' ? '>' : `> ${piece}`))))
    .join('\n');
}

/** Broken as we would break it when we write it. */
function pieces(line: string): readonly string[] {
  return flowed(line)
    .text.split('\n')
    .slice(0, -1)
    .map((piece) => piece.trim());
}

/** The reader writes above it. */
export function replyText(quoted: Quoted, language: QuoteLanguage): string {
  const [author] = quoted.from;
  const name = author === undefined ? '' : author.name || author.address;
  const when = quoted.date === null ? null : dateText(quoted.date, language);
  const said =
    language === 'ja'
      ? [when, name === '' ? null : `${name} さん`].filter((part) => part !== null).join('、')
      : `${when === null ? '' : `On ${when}, `}${name === '' ? 'someone' : name} wrote`;
  return `\n\n${said}:\n${quote(quoted.text)}\n`;
}

const words = {
  en: { title: 'Forwarded message', from: 'From', date: 'Date', subject: 'Subject', to: 'To', cc: 'Cc' },
  ja: { title: '転送メッセージ', from: '差出人', date: '日時', subject: '件名', to: '宛先', cc: 'Cc' },
} as const;

export function forwardText(quoted: Quoted, language: QuoteLanguage): string {
  const say = words[language];
  const lines: readonly (readonly [string, string])[] = [
    [say.from, typedAddresses(quoted.from)],
    [say.date, quoted.date === null ? '' : dateText(quoted.date, language)],
    [say.subject, quoted.subject],
    [say.to, typedAddresses(quoted.to)],
    [say.cc, typedAddresses(quoted.cc)],
  ];
  const head = lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  const body = quoted.text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  return `\n\n-------- ${say.title} --------\n${head.join('\n')}\n\n${body}\n`;
}
