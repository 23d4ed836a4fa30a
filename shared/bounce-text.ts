// Bounces in plain words, English and Japanese: what happened, what it means, what can be done. Nothing here is a guess:
// what a report does not say is said to be unknown.
import type { BounceKind, BounceReason } from './bounce.js';

type Language = 'en' | 'ja';
type Pair = readonly [en: string, ja: string];
const pick = (pair: Pair, language: Language): string => pair[language === 'ja' ? 1 : 0];

/** What the sentences need of a row. */
export interface ExplainedRow {
  readonly final: string | null;
  readonly original: string | null;
  readonly reason: BounceReason;
  readonly permanent: boolean | null;
  readonly kind: string;
  readonly remoteMta?: string | null;
  readonly reportingMta?: string | null;
}
export interface Explanation {
  /** What happened, and what it means. One or two sentences. */
  readonly what: string;
  /** What can be done; may be empty. */
  readonly next: string;
}

const reasonWords: Readonly<Record<BounceReason, Pair>> = {
  'user-unknown': ['User unknown', '宛先不明'],
  'mailbox-full': ['Mailbox full', '容量超過'],
  'host-unknown': ['Host unknown', 'ホスト不明'],
  'domain-not-accepting': ['Domain accepts no mail', '受信しないドメイン'],
  'too-big': ['Message too big', 'サイズ超過'],
  policy: ['Rejected by policy', '規則により拒否'],
  blocked: ['Sender or network blocked', '送信元を拒否'],
  content: ['Content or spam', '内容・迷惑メール判定'],
  virus: ['Virus', 'ウイルス'],
  authentication: ['Authentication failure', '認証の失敗'],
  'rate-limited': ['Rate limited', '送信量の制限'],
  expired: ['Expired in queue', '期限切れ'],
  network: ['Network or server trouble', '通信・サーバー障害'],
  disabled: ['Suspended or disabled', '停止中'],
  moved: ['Moved', '移転'],
  loop: ['Routing or loop', '経路・ループ'],
  syntax: ['Syntax or protocol', '書式・プロトコル'],
  undefined: ['Not stated', '理由の記載なし'],
};
const kindWords: Readonly<Record<BounceKind, Pair>> = {
  failed: ['Not delivered', '配送エラー'],
  delayed: ['Delayed', '配送遅延'],
  delivered: ['Delivered', '配送済み'],
  relayed: ['Passed on', '中継済み'],
  expanded: ['Passed on to a list', 'リストへ展開済み'],
  feedback: ['Complaint', '苦情報告'],
  'auto-reply': ['Automatic reply', '自動返信'],
};

export function reasonWord(reason: BounceReason, language: Language): string {
  return pick(reasonWords[reason], language);
}

/** null: an ordinary message. */
export function kindWord(kind: BounceKind | null, language: Language): string {
  return kind === null ? pick(['Not a report', '報告ではありません'], language) : pick(kindWords[kind], language);
}

export function permanentWord(permanent: boolean | null, language: Language): string {
  if (permanent === null) return pick(['Not stated', '記載なし'], language);
  return permanent ? pick(['Permanent', '恒久エラー'], language) : pick(['Temporary', '一時エラー'], language);
}

interface Names {
  readonly address: string;
  readonly local: string;
  readonly domain: string;
}
type Sentences = (names: Names) => { readonly what: Pair; readonly next: Pair };

const reasons: Readonly<Record<BounceReason, Sentences>> = {
  'user-unknown': ({ local, domain }) => ({
    what: [`${domain} has no mailbox called “${local}”.`, `${domain} に「${local}」というメールボックスはありません。`],
    next: [
      'Sending again will not help. Check the spelling, or ask for the address another way.',
      '再送しても届きません。つづりを確かめるか、別の方法で宛先を尋ねてください。',
    ],
  }),
  'mailbox-full': ({ address }) => ({
    what: [`The mailbox of ${address} is full.`, `${address} のメールボックスは容量がいっぱいです。`],
    next: ['Send again in some days, or tell the recipient another way.', '数日後に再送するか、別の方法で相手に知らせてください。'],
  }),
  'host-unknown': ({ domain }) => ({
    what: [`No mail server could be found for ${domain}.`, `${domain} のメールサーバーが見つかりません。`],
    next: [
      'Check the part behind the @. If it is right, the domain may have lapsed.',
      '@ の後ろを確かめてください。正しければ、ドメインが失効している可能性があります。',
    ],
  }),
  'domain-not-accepting': ({ domain }) => ({
    what: [`${domain} says it takes no mail at all.`, `${domain} はメールをまったく受け付けていません。`],
    next: ['Sending again will not help. Use another address.', '再送しても届きません。別の宛先を使ってください。'],
  }),
  'too-big': ({ domain }) => ({
    what: [`The message is bigger than ${domain} accepts.`, `メールが ${domain} の受け付けるサイズを超えています。`],
    next: ['Send the attachments another way, or in parts.', '添付ファイルを別の方法で渡すか、分けて送ってください。'],
  }),
  policy: ({ domain }) => ({
    what: [`${domain} refused the message by a rule of its own.`, `${domain} が独自の規則により拒否しました。`],
    next: [
      'The server’s sentence says which rule. Its postmaster can lift it.',
      'どの規則かはサーバーの文にあります。解除できるのは相手の管理者です。',
    ],
  }),
  blocked: ({ domain }) => ({
    what: [
      `${domain} does not take mail from this sender or network.`,
      `${domain} はこの送信元またはネットワークからのメールを受け取りません。`,
    ],
    next: [
      'Give the server’s sentence to whoever runs your outgoing server: often it is on a blocklist.',
      '送信サーバーの管理者にこの文を伝えてください。ブロックリストに載っている場合がよくあります。',
    ],
  }),
  content: ({ domain }) => ({
    what: [`${domain} took the message for spam, or did not like its content.`, `${domain} が迷惑メールまたは不適切な内容と判定しました。`],
    next: [
      'Write it again with fewer links and without the attachment, or tell the recipient another way.',
      'リンクや添付ファイルを減らして書き直すか、別の方法で連絡してください。',
    ],
  }),
  virus: ({ domain }) => ({
    what: [`${domain} found a virus in the message.`, `${domain} がメールからウイルスを検出しました。`],
    next: [
      'Scan the attachment before you send it again. If you did not send it, someone used your address.',
      '再送する前に添付ファイルを検査してください。心当たりがなければ、差出人を騙られています。',
    ],
  }),
  authentication: ({ domain }) => ({
    what: [
      `${domain} could not verify that the message came from its sender’s domain.`,
      `${domain} は送信元ドメインの認証を確認できませんでした。`,
    ],
    next: [
      'Send through your provider’s own server. Its administrator sees SPF, DKIM or DMARC in the server’s sentence.',
      'プロバイダーの送信サーバーから送ってください。SPF・DKIM・DMARC のどれかはサーバーの文にあります。',
    ],
  }),
  'rate-limited': ({ domain }) => ({
    what: [`${domain} takes no more for now: too much came too fast.`, `送信量が多すぎるため、${domain} が一時的に受け付けていません。`],
    next: ['Wait an hour or more before you send again.', '一時間以上おいてから再送してください。'],
  }),
  expired: ({ domain }) => ({
    what: [
      `${domain} could not be reached for so long that the server gave up.`,
      `${domain} に長く届けられず、サーバーが配送を断念しました。`,
    ],
    next: ['Send again when the server is back.', '相手のサーバーが復旧してから再送してください。'],
  }),
  network: ({ domain }) => ({
    what: [`The way to ${domain}, or a server on it, is out of order.`, `${domain} までの通信またはサーバーに障害があります。`],
    next: ['Send again later.', '時間をおいて再送してください。'],
  }),
  disabled: ({ address }) => ({
    what: [`The mailbox ${address} exists but is switched off.`, `${address} は存在しますが、停止されています。`],
    next: [
      'Sending again will not help until it is opened again. Reach the recipient another way.',
      '再開されるまで再送しても届きません。別の方法で連絡してください。',
    ],
  }),
  moved: ({ address }) => ({
    what: [`The recipient no longer uses ${address}.`, `相手は ${address} を使わなくなりました。`],
    next: ['The server’s sentence may name the new address.', '新しい宛先がサーバーの文に書かれている場合があります。'],
  }),
  loop: ({ domain }) => ({
    what: [
      `Servers passed the message round in a circle on its way to ${domain}.`,
      `${domain} へ向かう途中で、サーバー間の転送がループしました。`,
    ],
    next: [
      'Sending again will not help until a forwarding rule is mended. Tell the recipient’s postmaster.',
      '転送設定が直るまで再送しても届きません。相手の管理者に知らせてください。',
    ],
  }),
  syntax: ({ domain }) => ({
    what: [
      `${domain} did not accept how the message or the address is written.`,
      `${domain} がメールまたは宛先の書式を受け付けませんでした。`,
    ],
    next: [
      'Check the address for stray characters. The server’s sentence says more.',
      '宛先に余分な文字がないか確かめてください。詳しくはサーバーの文にあります。',
    ],
  }),
  undefined: ({ address }) => ({
    what: [
      `The message did not reach ${address}. The report gives no reason that can be read with certainty.`,
      `${address} に届きませんでした。報告から確かな理由は読み取れません。`,
    ],
    next: ['The server’s sentence is below, as it stands.', 'サーバーの文をそのまま下に示します。'],
  }),
};

const kinds: Readonly<Record<string, (names: Names) => { readonly what: Pair; readonly next: Pair }>> = {
  delayed: ({ address }) => ({
    what: [
      `The message to ${address} is still waiting. The server keeps trying.`,
      `${address} へのメールは保留中です。サーバーが再試行を続けています。`,
    ],
    next: [
      'Nothing has to be done yet. If it fails for good, another report will come.',
      'いまは何もする必要がありません。最終的に届かなければ、改めて報告が来ます。',
    ],
  }),
  delivered: ({ address }) => ({ what: [`The message was delivered to ${address}.`, `${address} に配送されました。`], next: ['', ''] }),
  relayed: ({ address }) => ({
    what: [
      `The message to ${address} was passed to a server that sends no receipts.`,
      `${address} へのメールは、配送確認を返さないサーバーに渡されました。`,
    ],
    next: ['', ''],
  }),
  expanded: ({ address }) => ({
    what: [`${address} is a list; the message was passed on to its members.`, `${address} はリストで、メールは参加者に送られました。`],
    next: ['', ''],
  }),
  feedback: ({ address }) => ({
    what: [`Someone at ${address} marked the message as spam.`, `${address} でこのメールが迷惑メールとして報告されました。`],
    next: ['Stop sending to this address what it did not ask for.', '求められていないメールをこの宛先に送らないでください。'],
  }),
  'auto-reply': ({ address }) => ({ what: [`A program answered for ${address}.`, `${address} の自動返信です。`], next: ['', ''] }),
};

/** Plain words for one failed recipient. */
export function explainBounce(row: ExplainedRow, language: Language): Explanation {
  const names = namesOf(row, language);
  const { what, next } = (Object.hasOwn(kinds, row.kind) ? kinds[row.kind] : undefined)?.(names) ?? reasons[row.reason](names);
  const waiting = row.kind === 'delayed' && row.reason !== 'undefined' ? `${pick(reasons[row.reason](names).what, language)} ` : '';
  return { what: waiting + pick(what, language), next: pick(next, language) };
}

function namesOf(row: ExplainedRow, language: Language): Names {
  const address = row.original ?? row.final ?? pick(['a recipient that the report does not name', '報告に書かれていない宛先'], language);
  const at = address.lastIndexOf('@');
  const server = row.remoteMta ?? row.reportingMta ?? pick(['the recipient’s server', '宛先のサーバー'], language);
  return { address, local: at > 0 ? address.slice(0, at) : address, domain: at > 0 ? address.slice(at + 1) : server };
}
