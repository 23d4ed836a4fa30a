// The words of the headers screen and of copied text: anomalies, drop kinds, delays, small labels; English and Japanese.
// Says what is there, then what it means.
import type { Anomaly, AnomalyKind, Hop, Trace } from './trace.js';

export { explainHeader } from './header-text.js';

type Language = 'en' | 'ja';
type Pair = readonly [en: string, ja: string];
const pick = (pair: Pair, language: Language): string => pair[language === 'ja' ? 1 : 0];

const words = {
  total: ['Total', '合計'],
  boundary: ['boundary: here our own servers took it', '境界: ここで自分のサーバーが受け取りました'],
  unverified: ['not verified', '未確認'],
  'no-date': ['no date', '日付なし'],
  'untrusted-result': ['not from a trusted server', '信頼できるサーバーの記録ではありません'],
} as const satisfies Record<string, Pair>;
export type TraceWord = keyof typeof words;

export function traceWord(word: TraceWord, language: Language): string {
  return pick(words[word], language);
}

const drops: Readonly<Record<'single' | 'multi', Pair>> = {
  single: [
    'single-drop: everything in this maildrop belongs to one mailbox, so the headers were not asked who it is for.',
    'single-drop: このメールドロップはすべて一つのメールボックスのものなので、宛先ヘッダーは見ていません。',
  ],
  multi: [
    'multi-drop: one maildrop for many mailboxes; the recipient was read from the headers.',
    'multi-drop: 一つのメールドロップを複数のメールボックスで共有し、宛先をヘッダーから読み取りました。',
  ],
};

/** What fetchmail's, and the station's, word means. */
export function dropText(drop: 'single' | 'multi', language: Language): string {
  return pick(drops[drop], language);
}

const fetcherSentences: Readonly<Record<string, Pair>> = {
  todoku: ['Written by this station when it fetched the message.', 'この局が受信したときに書いた行です。'],
  fetchmail: [
    'Written by fetchmail. The address after “for” is a local one, not the address the sender used.',
    'fetchmail が書いた行です。for の宛先はローカルのもので、差出人が使った宛先ではありません。',
  ],
  getmail: ['Written by getmail when it fetched the message.', 'getmail が受信したときに書いた行です。'],
  mpop: ['Written by mpop. The name after “for” is the local user.', 'mpop が書いた行です。for の名前はローカルユーザーです。'],
};

/** A sentence on who wrote the hop, for the lines that a fetcher wrote; null for servers. */
export function hopText(hop: Hop, language: Language): string | null {
  const pair = fetcherSentences[hop.maker];
  return pair === undefined ? null : pick(pair, language);
}

/** `1 h 05 min`, `-12 s`; two units at most. Seconds in. */
export function delayText(seconds: number, language: Language): string {
  const size = Math.abs(Math.round(seconds));
  const [d, h, m, s] = [Math.floor(size / 86400), Math.floor(size / 3600) % 24, Math.floor(size / 60) % 60, size % 60];
  const units: Pair[] = [
    ['d', '日'],
    ['h', '時間'],
    ['min', '分'],
    ['s', '秒'],
  ];
  const parts = [d, h, m, s].flatMap((value, index) => (value > 0 ? [`${value} ${pick(units[index] ?? ['', ''], language)}`] : []));
  return `${seconds < 0 ? '−' : ''}${parts.slice(0, 2).join(' ') || `0 ${pick(['s', '秒'], language)}`}`;
}

interface Facts {
  readonly at: string;
  readonly by: string;
  readonly before: string;
  readonly delay: number;
  readonly detail: string;
}
type Sentence = (facts: Facts, language: Language) => string;

const sentences: Readonly<Record<AnomalyKind, Sentence>> = {
  'clock-skew': ({ by, before, delay }, language) =>
    pick(
      [
        `${by} dates the message ${delayText(Math.abs(delay), 'en')} before ${before} had it. One of the two clocks is wrong; the delays around this hop mean nothing.`,
        `${by} の日時は ${before} より ${delayText(Math.abs(delay), 'ja')} 前です。どちらかの時計がずれているので、前後の所要時間は当てになりません。`,
      ],
      language,
    ),
  'negative-delay': ({ by, before, delay }, language) =>
    pick(
      [
        `${by}’s clock is ${delayText(Math.abs(delay), 'en')} behind ${before}’s. That is normal between two computers.`,
        `${by} の時計は ${before} より ${delayText(Math.abs(delay), 'ja')} 遅れています。二台の間ではふつうの差です。`,
      ],
      language,
    ),
  'long-delay': ({ by, delay }, language) =>
    pick(
      [
        `The message waited ${delayText(delay, 'en')} before ${by} took it.`,
        `${by} が受け取るまで ${delayText(delay, 'ja')} かかりました。`,
      ],
      language,
    ),
  'private-address': ({ by, detail }, language) =>
    pick(
      [
        `${by} took it from ${detail}, an address of a private network. It cannot be looked up from outside.`,
        `${by} はプライベートアドレス ${detail} から受け取りました。外からは調べられません。`,
      ],
      language,
    ),
  forged: ({ at, detail }, language) =>
    pick(
      [
        `${at} does not fit (${detail}). It was probably made up by the sender; do not rely on it or on what is below it.`,
        `${at} はつじつまが合いません（${detail}）。送信者による捏造の可能性があり、これより前の記録も信頼できません。`,
      ],
      language,
    ),
  loop: ({ detail }, language) =>
    pick(
      [
        `The message came by the same way twice (${detail}): a forwarding loop.`,
        `同じ経路を二度通っています（${detail}）。転送のループです。`,
      ],
      language,
    ),
  'no-date': ({ at }, language) => pick([`${at} carries no date that can be read.`, `${at} に読み取れる日付がありません。`], language),
  future: ({ by, detail }, language) =>
    pick([`${by} dates the message ${detail}, which has not come yet.`, `${by} の日時 ${detail} は未来です。`], language),
  unparsed: ({ at }, language) =>
    pick([`${at} is not in any form we know; it is shown as it stands.`, `${at} は既知の形式ではないため、そのまま表示します。`], language),
  'helo-mismatch': ({ by, detail }, language) =>
    pick(
      [
        `The client greeted ${by} with one name and its address has another (${detail}). Common with rented servers, and with spam.`,
        `接続元が ${by} に名乗った名前と、アドレスの名前が違います（${detail}）。レンタルサーバーでも迷惑メールでもよくあります。`,
      ],
      language,
    ),
  derived: ({ at, detail }, language) =>
    pick(
      [
        `${at} does not state this itself; it is concluded from the lines beside it: ${detail}.`,
        `${at} に書かれていないため、前後の行から推定しました：${detail}。`,
      ],
      language,
    ),
  'too-many-hops': ({ detail }, language) =>
    pick(
      [
        `${detail} hops: many servers refuse a message at 25 or 50.`,
        `${detail} 段の経路です。25 または 50 段で拒否するサーバーが多くあります。`,
      ],
      language,
    ),
};

/** One or two sentences. `trace` is the one the anomaly belongs to. */
export function describeAnomaly(anomaly: Anomaly, trace: Pick<Trace, 'hops'>, language: Language): string {
  const index = anomaly.hop ?? -1;
  const hop = trace.hops[index];
  const before = trace.hops.slice(0, Math.max(index, 0)).findLast((each) => each.date !== null);
  const unnamed = pick(['the server', 'サーバー'], language);
  return sentences[anomaly.kind](
    {
      at: pick([`Hop ${index + 1}`, `${index + 1} 段目`], language),
      by: hop?.by ?? unnamed,
      before: before?.by ?? pick(['the one before', '前のサーバー'], language),
      delay: hop?.delaySeconds ?? 0,
      detail: anomaly.detail,
    },
    language,
  );
}
