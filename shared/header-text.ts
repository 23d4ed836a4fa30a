// What a header field is for, in one plain sentence, in English and Japanese. Unknown names have none.

type Language = 'en' | 'ja';
type Pair = readonly [en: string, ja: string];

const sentences: Readonly<Record<string, Pair>> = {
  'return-path': [
    'Where failures are reported: the envelope sender, written at delivery.',
    '配送エラーの通知先。配送時に書かれた封筒の差出人です。',
  ],
  'delivered-to': [
    'The mailbox the message was delivered to. Seen twice for one address, it is a loop.',
    '配送先のメールボックス。同じ宛先が二度あればループです。',
  ],
  'x-original-to': ['The recipient as the server first received it, before aliases.', 'エイリアス展開前の、サーバーが受け付けた宛先です。'],
  'envelope-to': ['The envelope recipient, written by Exim.', 'Exim が書いた封筒の宛先です。'],
  'x-envelope-to': ['The envelope recipient, written by the mailbox server.', 'メールボックスのサーバーが書いた封筒の宛先です。'],
  'x-failed-recipients': ['The addresses that could not be reached, written by Exim.', '届かなかった宛先。Exim が書きます。'],
  received: [
    'One hop: who took the message, from whom, when. The newest is on top.',
    '経路の一段。誰が、誰から、いつ受け取ったか。新しいものが上です。',
  ],
  from: [
    'Who wrote the message, in the writer’s own words. Not checked by itself.',
    '差出人の自己申告です。これだけでは確認されていません。',
  ],
  sender: ['Who sent it, where that is not the author.', '著者とは別の、実際の送信者です。'],
  'reply-to': ['Where answers go.', '返信の宛先です。'],
  to: ['Recipients as written; the envelope decides where the message goes.', '書かれた宛先。実際の配送先は封筒が決めます。'],
  cc: ['Copies, visible to all.', '全員に見える写しの宛先です。'],
  bcc: ['Hidden copies; seldom left in a message that arrives.', '隠した写し。届いたメールにはふつう残りません。'],
  date: ['When the author’s program says it was written.', '著者のプログラムが記した作成日時です。'],
  'message-id': ['The name of this message, meant to be unique in the world.', 'このメールの固有の名前です。'],
  'in-reply-to': ['The message this answers.', '返信元のメールです。'],
  references: ['The messages before this one in the conversation.', '会話の中の、これより前のメールです。'],
  subject: ['The subject, as the author wrote it.', '著者が書いた件名です。'],
  'user-agent': ['The program that wrote the message.', 'メールを作ったプログラムです。'],
  'x-mailer': ['The program that wrote the message.', 'メールを作ったプログラムです。'],
  'x-originating-ip': ['The address the author wrote from, by a webmail’s account.', 'ウェブメールが記した、著者の接続元アドレスです。'],
  'list-id': ['The mailing list it came through.', '経由したメーリングリストです。'],
  'list-unsubscribe': ['How to leave the list.', '購読をやめる方法です。'],
  'list-unsubscribe-post': ['The list can be left with one request (RFC 8058).', '一度の要求で購読をやめられます（RFC 8058）。'],
  'list-post': ['Where to write to the list.', 'リストへの投稿先です。'],
  'list-help': ['How to get help about the list.', 'リストの使い方の案内です。'],
  'list-subscribe': ['How to join the list.', 'リストに加わる方法です。'],
  'list-owner': ['Who runs the list.', 'リストの管理者です。'],
  'list-archive': ['Where old messages of the list are.', 'リストの過去のメールの場所です。'],
  precedence: ['bulk, list or junk: programs should not answer this.', 'bulk、list、junk。自動返信を控える印です。'],
  'x-loop': ['A mark by which a list or filter knows its own messages.', 'リストやフィルターが自分のメールを見分ける印です。'],
  'auto-submitted': [
    'Written by a program, not a person; programs must not answer (RFC 3834).',
    '人ではなくプログラムが書いたメール。自動で返信してはいけません（RFC 3834）。',
  ],
  'x-auto-response-suppress': ['Asks Exchange servers not to answer automatically.', 'Exchange に自動返信を控えるよう求めます。'],
  'disposition-notification-to': [
    'The sender asks for a read receipt. None is sent by itself.',
    '差出人は開封確認を求めています。自動では送りません。',
  ],
  'return-receipt-to': ['The sender asks for a delivery receipt.', '差出人は配送確認を求めています。'],
  importance: ['How important the sender thinks it is.', '差出人が考える重要度です。'],
  priority: ['How urgent the sender thinks it is.', '差出人が考える緊急度です。'],
  'x-priority': ['1 is highest, 5 lowest, by the sender’s choice.', '差出人が選んだ優先度。1 が最高、5 が最低です。'],
  'authentication-results': [
    'What a server found when it checked SPF, DKIM and DMARC. Believe it only from a server of yours.',
    'サーバーが SPF、DKIM、DMARC を調べた結果。自分のサーバーが書いたものだけ信頼できます。',
  ],
  'received-spf': [
    'Whether the sender’s domain allows this server to send, as a server on the way found it.',
    '差出人のドメインがこのサーバーからの送信を認めているかの判定です。',
  ],
  'dkim-signature': [
    'The sending domain’s signature over the message. It proves nothing until verified.',
    '送信ドメインの署名。検証するまでは何も証明しません。',
  ],
  'domainkey-signature': ['DKIM’s forerunner; no longer checked.', 'DKIM の前身。いまは検証されません。'],
  'arc-seal': ['A forwarder’s seal over earlier results.', '転送者が以前の判定に付けた封印です。'],
  'arc-message-signature': ['A forwarder’s signature over the message as it was then.', '転送時点のメールへの、転送者の署名です。'],
  'arc-authentication-results': ['What a forwarder found when it checked.', '転送者が調べた結果です。'],
  'mime-version': ['The message has a structure (MIME 1.0).', 'MIME 1.0 の構造を持つメールです。'],
  'content-type': ['What kind of content, and in which charset.', '内容の種類と文字コードです。'],
  'content-transfer-encoding': ['How the content was made fit for mail.', '内容をメールに載せるための符号化です。'],
  'content-disposition': ['Shown in place, or an attachment.', '本文として表示するか、添付ファイルかを示します。'],
  'content-language': ['The language of the content.', '内容の言語です。'],
  'x-virus-scanned': [
    'A server on the way says it scanned for viruses; this is not the station’s verdict.',
    '途中のサーバーがウイルス検査をしたと記しています。この局の判定ではありません。',
  ],
  'x-virus-status': ['What a scanner on the way found.', '途中の検査の結果です。'],
  'x-spam-status': ['What a spam filter on the way thought, with its tests.', '途中の迷惑メールフィルターの判定と根拠です。'],
  'x-spam-flag': ['A spam filter on the way took it for spam.', '途中の迷惑メールフィルターが迷惑メールと判定しました。'],
  'x-spam-score': ['The score a spam filter on the way gave.', '途中の迷惑メールフィルターの点数です。'],
  'x-fetchmail-warning': [
    'fetchmail could not match the message to a local name, or found it damaged.',
    'fetchmail が宛先を特定できなかったか、破損を見つけました。',
  ],
  'x-getmail-retrieved-from-mailbox': ['The folder getmail fetched it from.', 'getmail が受信したフォルダーです。'],
  organization: ['The author’s organisation, in the author’s words.', '著者が記した所属です。'],
  'thread-index': ['Outlook’s own way of threading.', 'Outlook 独自のスレッド情報です。'],
  'thread-topic': ['Outlook’s own way of threading.', 'Outlook 独自のスレッド情報です。'],
  'feedback-id': ['Lets the sender count complaints by campaign.', '送信者が苦情を配信ごとに数えるための印です。'],
  status: ['Written by an old mail program: read or not.', '古いメールソフトが書いた既読の印です。'],
};

/** `name` in any case. Null where nothing certain can be said. */
export function explainHeader(name: string, language: Language): string | null {
  const pair = Object.hasOwn(sentences, name.toLowerCase()) ? sentences[name.toLowerCase()] : undefined;
  return pair === undefined ? null : pair[language === 'ja' ? 1 : 0];
}
