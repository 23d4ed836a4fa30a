// Seeded mailboxes for tests and benches: the same seed gives the same messages, byte for byte. English and Japanese,
// several charsets, replies, attachments, verdicts.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';

export type Random = () => number;

/** mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const englishWords =
  `meeting report invoice budget project schedule release server network customer contract delivery question answer review draft plan design
  update version failure backup database printer travel hotel flight lunch dinner birthday holiday weekend market price order payment account bank
  password security update newsletter offer winter summer autumn spring morning evening office building garden window table coffee music photo video
  camera phone tablet keyboard monitor battery storage memory engine bicycle train station airport museum library hospital doctor medicine school
  teacher student lesson exam result score team player coach game season league festival concert ticket theater movie novel author chapter poem`.split(
    /\s+/,
  );
const japaneseWords =
  `会議 資料 東京都 京都 大阪 見積書 請求書 契約 納品 確認 お願い よろしく 打ち合わせ 議事録 予定 変更 連絡 報告 障害 復旧 サーバー ネットワーク メール データベース
  プリンター セキュリティ パスワード アカウント 銀行 振込 領収書 注文 発送 配達 荷物 旅行 ホテル 新幹線 飛行機 温泉 桜 紅葉 夏休み 年末 新年 誕生日 写真 動画 音楽 映画
  図書館 病院 学校 先生 生徒 試験 結果 野球 サッカー 試合 選手 監督 祭り 花火 コーヒー ランチ 天気 台風 地震 電車 駅 空港`.split(/\s+/);
const kana = [
  'です。',
  'ます。',
  'について、',
  'の件、',
  'を',
  'が',
  'は',
  'へ',
  'と',
  'ください。',
  'ありがとうございます。',
  'まで、',
  'から、',
  'ﾃﾞｰﾀ',
  'ＡＢＣ',
  '１２３',
];
const people = [
  ['Alice Adams', 'alice@example.com'],
  ['Bob Brown', 'bob@example.net'],
  ['Carol Clark', 'carol@example.org'],
  ['Dave Davis', 'dave@mail.example'],
  ['田中 太郎', 'tanaka@example.jp'],
  ['佐藤花子', 'sato@example.co.jp'],
  ['鈴木一郎', 'suzuki@test.example.jp'],
  ['営業部', 'sales@corp.example.jp'],
  ['Éric Müller', 'eric@example.fr'],
  ['', 'noreply@shop.example'],
] as const;

export interface GeneratedMessage {
  readonly raw: Buffer;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly from: readonly [string, string];
  readonly to: readonly [string, string];
  readonly subject: string;
  readonly body: string;
  readonly attachment: string | null;
  readonly verdict: string;
  readonly messageId: string;
  readonly references: readonly string[];
  /** Maildir flags. */
  readonly flags: string;
}

type Charset = 'utf-8' | 'iso-2022-jp' | 'shift_jis' | 'euc-jp';

/** ISO-2022-JP out of EUC-JP: the same rows, shifted in by escapes. */
export function iso2022jp(text: string): Buffer {
  const euc = iconv.encode(text, 'euc-jp');
  const out: number[] = [];
  let set = 'B';
  const shift = (next: 'B' | '$' | 'I') => {
    if (set !== next) out.push(0x1b, ...(next === 'B' ? [0x28, 0x42] : next === 'I' ? [0x28, 0x49] : [0x24, 0x42]));
    set = next;
  };
  for (let at = 0; at < euc.length; at += 1) {
    const byte = euc[at] ?? 0;
    if (byte < 0x80) {
      shift('B');
      out.push(byte);
    } else if (byte === 0x8e) {
      shift('I');
      out.push((euc[++at] ?? 0) & 0x7f);
    } else {
      shift('$');
      out.push(byte & 0x7f, (euc[++at] ?? 0) & 0x7f);
    }
  }
  shift('B');
  return Buffer.from(out);
}

export function encodeCharset(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  return charset === 'iso-2022-jp' ? iso2022jp(text) : iconv.encode(text, charset === 'shift_jis' ? 'cp932' : charset);
}

export function encodedWord(text: string, charset: Charset): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?${charset}?B?${encodeCharset(text, charset).toString('base64')}?=`;
}

function sentence(random: Random, japanese: boolean, words: number): string {
  if (!japanese) return Array.from({ length: words }, () => pick(random, englishWords)).join(' ');
  return Array.from({ length: words }, () => pick(random, japaneseWords) + pick(random, kana)).join('');
}

function body(random: Random, japanese: boolean): string {
  const lines = 3 + Math.floor(random() * 12);
  return Array.from({ length: lines }, () => sentence(random, japanese, japanese ? 5 : 12)).join('\n');
}

/** `earlier`: messages of this mailbox so far, to reply to. */
export function generateMessage(
  random: Random,
  number: number,
  earlier: readonly GeneratedMessage[],
  start = Date.UTC(2024, 0, 1),
): GeneratedMessage {
  const japanese = random() < 0.5;
  const charset: Charset = japanese ? pick(random, ['utf-8', 'iso-2022-jp', 'shift_jis', 'euc-jp'] as const) : 'utf-8';
  const parent = earlier.length > 0 && random() < 0.4 ? pick(random, earlier.slice(-200)) : null;
  // Vendor characters and accents exist in UTF-8 only.
  const from = charset === 'utf-8' ? pick(random, people) : pick(random, people.slice(0, 8));
  const to = charset === 'utf-8' ? pick(random, people) : pick(random, people.slice(0, 8));
  const subject = parent !== null && charset === 'utf-8' ? `Re: ${parent.subject.replace(/^(Re: )+/, '')}` : sentence(random, japanese, 3);
  const text = body(random, japanese);
  const attachment = random() < 0.15 ? pick(random, ['report.pdf', '資料.xlsx', 'photo.jpg', '議事録.txt']) : null;
  const verdict = pick(random, [
    'Clean',
    'Clean',
    'Clean',
    'Not-Scanned (off)',
    'Infected (Eicar-Test-Signature)',
    'Suspicious (encrypted: Heuristics.Encrypted.Zip)',
  ]);
  const messageId = `<${number}.${Math.floor(random() * 1e9)}@mail.example>`;
  const references = parent === null ? [] : [...parent.references, parent.messageId].slice(-10);
  const date = start + number * 600_000 + Math.floor(random() * 600_000);
  const flags = `${random() < 0.1 ? 'F' : ''}${random() < 0.1 ? 'R' : ''}${random() < 0.7 ? 'S' : ''}`;
  const written = { date, from, to, subject, body: text, attachment, verdict, messageId, references, flags };
  return { ...written, raw: compose(written, charset) };
}

function person([name, address]: readonly [string, string], charset: Charset): string {
  return name === '' ? address : `${encodedWord(name, charset)} <${address}>`;
}

function compose(message: Omit<GeneratedMessage, 'raw'>, charset: Charset): Buffer {
  const head = [
    `Return-Path: <${message.from[1]}>`,
    `Delivered-To: ${message.to[1]}`,
    `X-Virus-Status: ${message.verdict}`,
    `Received: from mx.example (mx.example [192.0.2.1]) by host.example with ESMTP id 1; ${new Date(message.date).toUTCString()}`,
    `From: ${person(message.from, charset)}`,
    `To: ${person(message.to, charset)}`,
    `Subject: ${encodedWord(message.subject, charset)}`,
    `Date: ${new Date(message.date).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${message.messageId}`,
    ...(message.references.length === 0
      ? []
      : [`References: ${message.references.join('\n ')}`, `In-Reply-To: ${message.references.at(-1)}`]),
    'MIME-Version: 1.0',
  ];
  const type = `Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: ${charset === 'iso-2022-jp' ? '7bit' : '8bit'}`;
  const text = Buffer.concat([encodeCharset(message.body, charset), Buffer.from('\n')]);
  if (message.attachment === null) return Buffer.concat([Buffer.from(`${head.join('\n')}\n${type}\n\n`), text]);
  const name = encodeURIComponent(message.attachment);
  return Buffer.concat([
    Buffer.from(`${head.join('\n')}\nContent-Type: multipart/mixed; boundary="b1"\n\n--b1\n${type}\n\n`),
    text,
    Buffer.from(
      `--b1\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename*=utf-8''${name}\n\n`,
    ),
    Buffer.from(`${Buffer.from(message.subject).toString('base64')}\n--b1--\n`),
  ]);
}

export function generateMessages(count: number, seed = 1): readonly GeneratedMessage[] {
  const random = seeded(seed);
  const messages: GeneratedMessage[] = [];
  for (let number = 0; number < count; number += 1) messages.push(generateMessage(random, number, messages));
  return messages;
}

export function fileName(message: GeneratedMessage, number: number): string {
  return `${Math.floor(message.date / 1000)}.M${number}P1Q${number}.generated,S=${message.raw.length}:2,${message.flags}`;
}

/** Writes them into cur/ of a Maildir, with the time of arrival. Returns the file names, in order. */
export function fillMaildir(maildir: string, messages: readonly GeneratedMessage[]): readonly string[] {
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, part), { recursive: true, mode: 0o700 });
  return messages.map((message, number) => {
    const name = fileName(message, number);
    const path = join(maildir, 'cur', name);
    writeFileSync(path, message.raw, { mode: 0o600 });
    utimesSync(path, message.date / 1000 + 5, message.date / 1000 + 5);
    return name;
  });
}
