// The Japanese of an import's reasons and fates: whole sentences, and those with a number or a name in them.

export const importReasons: Readonly<Record<string, string>> = {
  // fetchmailrc: set
  'routing: postmaster': '配送先: postmaster',
  'mail that nobody takes is never thrown away; it goes to the account’s own mailbox':
    '宛先のないメールは捨てず、アカウント自身のメールボックスに入れます',
  'bounces to the sender are not sent; refused mail goes to the postmaster and is a row in Bounces':
    '差出人への配送エラー通知は送りません。拒否されたメールは postmaster に届き、「配送エラー」に 1 行残ります',
  'refused mail is bounced to its sender, by the account’s sending server or its SMTP relay; senders may be forged, so without either, and where a bounce could do harm, it goes to the postmaster':
    '拒否されたメールは、アカウントの送信サーバーか SMTP 中継で差出人に戻します。差出人は偽装されることがあるため、どちらもないときや害になり得るときは postmaster に届きます',
  'refused mail goes to the postmaster': '拒否されたメールは postmaster に届きます',
  'a relay that calls mail spam is never answered with a bounce': '中継先がスパムと判定しても、配送エラー通知は返しません',
  'refused mail stays on the server': '拒否されたメールはサーバーに残します',
  'refused mail is settled by its policy and leaves the server': '拒否されたメールは方針に従って処理し、サーバーから削除します',
  'the station keeps its own log in its data folder, and todoku serve prints it for the journal':
    'ログはデータフォルダーに記録します。todoku serve は journal 用にも出力します',
  'no syslog': 'syslog は使いません',
  'the station keeps its own log in its data folder': 'ログはデータフォルダーに記録します',
  'which messages fetchmail had seen is not known here: mail that it left on the server is fetched once more':
    'fetchmail が取得済みのメールはここでは分かりません。サーバーに残るメールはもう一度取得します',
  'which messages mpop had seen is not known here: mail that it left on the server is fetched once more':
    'mpop が取得済みのメールはここでは分かりません。サーバーに残るメールはもう一度取得します',
  'the station locks its data folder': 'データフォルダーをロックするので不要です',
  'no Received line of ours': 'Received 行を加えません',
  'our Received line is added': 'Received 行を加えます',
  'progress is shown in its own way': '進み具合は独自の方法で表示します',
  'fetchmail ignores it as well': 'fetchmail も無視する項目です',
  // fetchmailrc: options
  'as it always is here': 'ここでは常にそうなります',
  'it matters only for several users in one mailbox (multidrop)':
    '1 つのメールボックスに複数の利用者がいる場合（マルチドロップ）だけの項目です',
  'messages are delivered byte for byte, never rewritten': 'メールは 1 バイトも書き換えずに配信します',
  'certificates are checked against the system’s authorities; to trust another one, use Test in the account, which pins its SHA-256':
    '証明書はシステムの認証局で検証します。別の証明書を信頼するには、アカウントの「テスト」で SHA-256 を固定してください',
  'certificates are always checked; certificates are checked against the system’s authorities; to trust another one, use Test in the account, which pins its SHA-256':
    '証明書は常に検証します。別の証明書を信頼するには、アカウントの「テスト」で SHA-256 を固定してください',
  'the host to connect to': '接続先のホスト',
  POP3: 'POP3',
  IMAP: 'IMAP',
  'POP3, login by APOP': 'POP3、APOP でログイン',
  'POP3; the SDPS envelope is not asked for': 'POP3。SDPS のエンベロープは問い合わせません',
  'POP3 (or IMAP where the port says so); nothing is probed': 'POP3（ポートが示せば IMAP）。自動判定はしません',
  port: 'ポート',
  'the account is named in our Received line': 'Received 行にアカウント名を入れます',
  'as by default': '既定のとおり',
  'login method: automatic': 'ログイン方式: 自動',
  'envelope header': 'エンベロープのヘッダー',
  'prefix that is stripped': '取り除く接頭辞',
  'local domains': '自分のドメイン',
  'counted among the local domains': '自分のドメインに加えます',
  'multidrop compares names only; no name server is asked': 'マルチドロップは名前だけを比べ、DNS には問い合わせません',
  'seen mail is always told by UIDL': '取得済みかどうかは常に UIDL で判断します',
  'broken headers never stop a message': '壊れたヘッダーでもメールを止めません',
  'Kerberos is not spoken here': 'Kerberos には対応していません',
  'it is for ETRN and ODMR, which are not spoken here': 'ETRN と ODMR の項目で、どちらにも対応していません',
  'network interfaces are not watched; use the desktop’s offline state or pause the account':
    'ネットワークインターフェイスは監視しません。オフラインにするか、アカウントを一時停止してください',
  'connections are made directly; no command stands between': '直接接続します。間にコマンドは挟みません',
  'stored apart from the settings': '設定とは別に保存します',
  'POP3 has no folders': 'POP3 にフォルダーはありません',
  folder: 'フォルダー',
  'the station delivers into Maildirs itself, which replaces this hop; to keep it, set the account’s target to SMTP or LMTP':
    'この中継の代わりに、直接 Maildir に配信します。中継を残すには、アカウントの配信方法を SMTP か LMTP にしてください',
  'domain of names without one': 'ドメインのない名前に補うドメイン',
  'delivered to this address': 'このアドレスに配信します',
  'relay by LMTP': 'LMTP で中継します',
  'the station delivers into Maildirs itself; to keep it, set the account’s target to LMTP':
    '直接 Maildir に配信します。残すには、アカウントの配信方法を LMTP にしてください',
  'no reply counts as a spam block': 'スパム拒否とみなす応答はありません',
  'codes that count as a spam block': 'スパム拒否とみなす応答コード',
  'delivery into a Maildir has no reply codes; they are set at a relay target':
    'Maildir への配信に応答コードはありません。中継先で設定します',
  'mail is delivered into Maildirs; no command is run on it': 'Maildir に配信し、コマンドは実行しません',
  'mail is delivered into Maildirs, not into a batch file': 'バッチファイルではなく Maildir に配信します',
  'no command is run before a poll': '受信前にコマンドは実行しません',
  'no command is run after a poll': '受信後にコマンドは実行しません',
  'mail is kept on the server': 'メールをサーバーに残します',
  'deleted from the server after delivery': '配信後にサーバーから削除します',
  'all mail is fetched, not only new mail': '新着だけでなくすべて取得します',
  'only new mail is fetched': '新着だけを取得します',
  'mail that was not delivered here is never deleted': 'ここに配信していないメールは決して削除しません',
  'mail is fetched at its interval': 'メールは決まった間隔で取得します',
  'an oversized message is reported once, in the account’s last result': '大きすぎるメールは、アカウントの前回の結果に 1 度だけ示します',
  'sizes are always asked for in one command': 'サイズは常に 1 つのコマンドで問い合わせます',
  'UIDLs are always asked for in one command': 'UIDL は常に 1 つのコマンドで問い合わせます',
  'messages a relay session': '中継 1 回あたりの通数',
  'deletes after which the session is closed and opened again': 'この数だけ削除したら接続し直します',
  'TLS from the first byte': '最初のバイトから TLS',
  'STARTTLS required': 'STARTTLS 必須',
  'TLS 1.2 or newer': 'TLS 1.2 以降',
  'no encryption, as the file says': 'ファイルのとおり、暗号化しません',
  'only TLS 1.2 or newer is spoken': 'TLS 1.2 以降だけに対応しています',
  'certificates are always checked': '証明書は常に検証します',
  'the certificate has to carry the server’s own name; use Test in the account to pin another one':
    '証明書にはサーバー自身の名前が必要です。別の証明書はアカウントの「テスト」で固定してください',
  'it is an MD5; use Test in the account, which pins the certificate’s SHA-256':
    'MD5 なので使いません。アカウントの「テスト」で証明書の SHA-256 を固定してください',
  'client certificates are not supported': 'クライアント証明書には対応していません',
  'its protocol is not spoken here, so it is no account': 'このプロトコルには対応していないため、アカウントになりません',
  'it names no user': '利用者名がありません',
  // parts of an account's description
  TLS: 'TLS',
  'STARTTLS required (fetchmail 6.4 refuses to go on without it too)': 'STARTTLS 必須（fetchmail 6.4 も同じです）',
  'not encrypted': '暗号化なし',
  'multidrop, by To and Cc where no envelope address is found, as fetchmail does':
    'マルチドロップ（エンベロープの宛先がなければ fetchmail と同じく To と Cc から）',
  'all mail': 'すべてのメール',
  'new mail': '新着メール',
  'kept on the server': 'サーバーに残す',
  'its password will be asked for': 'パスワードは後でたずねます',
  'paused (skip)': '一時停止中（skip）',
  tls: 'TLS',
  starttls: 'STARTTLS 必須',
  none: '暗号化なし',
  // mpoprc, getmailrc
  'it has no counterpart here': '対応する項目がありません',
  'it has no host or no user': 'ホストか利用者名がありません',
  'no command is run on mail before it is fetched': '取得前のメールにコマンドは実行しません',
  'certificates are always checked; use Test in the account to trust another one':
    '証明書は常に検証します。別の証明書はアカウントの「テスト」で信頼できます',
  'use Test in the account, which pins the certificate with its SHA-256': 'アカウントの「テスト」で証明書の SHA-256 を固定してください',
  'the system’s authorities are trusted; use Test in the account to trust another certificate':
    'システムの認証局を信頼します。別の証明書はアカウントの「テスト」で信頼できます',
  'pipelining is used where the server offers it': 'サーバーが対応していればパイプラインを使います',
  'only an absolute Maildir can be taken over; mail goes to its own mailbox':
    '引き継げるのは絶対パスの Maildir だけです。メールは専用のメールボックスに入れます',
  'mail is scanned by clamd; no other filter is run': 'メールは clamd が検査します。ほかのフィルターは実行しません',
  'it has no server, no user, or a type that is not spoken here': 'サーバーか利用者名がないか、対応していない種類です',
  'not encrypted; better set the security to TLS': '暗号化なし。TLS にすることをお勧めします',
  // Thunderbird, autoconfig, .mobileconfig
  'the file lists no accounts': 'アカウントの一覧がありません',
  'STARTTLS “if available” is STARTTLS required here': '「可能なら STARTTLS」は、ここでは STARTTLS 必須になります',
  'Thunderbird keeps it sealed; it will be asked for': 'Thunderbird が暗号化して保管しているため、後でたずねます',
  'the file names no incoming server': '受信サーバーが書かれていません',
  'it is not POP3 or IMAP': 'POP3 でも IMAP でもありません',
  'another way to the same mail; one is enough': '同じメールへの別の経路です。1 つで足ります',
  'the file is for every user of its provider: enter your own name as the account’s user':
    'このファイルはプロバイダーの全利用者向けです。アカウントの利用者名を入力してください',
  'the profile has no payloads': 'プロファイルに中身がありません',
  'it is not a mail account': 'メールアカウントではありません',
  'enter it in the account; the incoming password is used until then': 'アカウントで入力してください。それまでは受信のパスワードを使います',
  'S/MIME is not supported': 'S/MIME には対応していません',
  'the profile asks for the user when it is installed: add the account by hand':
    'プロファイルはインストール時に利用者をたずねます。アカウントを手で追加してください',
  // accounts that Todoku exported
  'secrets are never exported; its password will be asked for': '秘密の情報は書き出されません。パスワードは後でたずねます',
  // Postfix and Dovecot
  'the file could not be read': 'ファイルを読めません',
  'it is not set, so where the mail lies is not known': '設定がないため、メールの場所が分かりません',
  'only Maildirs can be taken over': '引き継げるのは Maildir だけです',
  'no passwd-file names the users': '利用者を示す passwd-file がありません',
  'where its Maildir lies cannot be told': 'Maildir の場所が分かりません',
  'it is an mbox file; only Maildirs (a path that ends in /) are delivered to':
    'mbox ファイルです。配信できるのは Maildir（末尾が / のパス）だけです',
  'mail is written as the user who runs the station; that user must own the Maildirs':
    'メールは実行する利用者の権限で書きます。Maildir はその利用者が所有している必要があります',
  'mail is written as the user who runs the station': 'メールは実行する利用者の権限で書きます',
  'the station delivers itself; for a relay, set the account’s target': '直接配信します。中継するにはアカウントの配信方法で設定します',
  'local aliases belong to the system’s users; add those you want as aliases here':
    'ローカルの別名はシステムの利用者のものです。必要なものはここで別名に加えてください',
  'addresses in mail are never rewritten': 'メール中のアドレスは書き換えません',
  'there is no such list; unknown users are refused': 'この一覧はありません。不明な利用者は拒否します',
  'the station does not relay for others': 'ほかの人の中継はしません',
  'a catch-all also takes mail for the mailboxes of its domain, as in Postfix, unless they have an entry of their own':
    'キャッチオールは、Postfix と同じく、個別の項目がない限りそのドメインのメールボックス宛ても受け取ります',
};

type Part = readonly [pattern: RegExp, words: (...found: readonly string[]) => string];

export const importParts: readonly Part[] = [
  [/^every (-?\w*) s$/, (seconds) => `${seconds} 秒ごと`],
  [/^every (-?\w*) polls, as seconds$/, (polls) => `${polls} 回に 1 回（秒に換算）`],
  [/^(-?\w*) s without an answer$/, (seconds) => `応答がないまま ${seconds} 秒`],
  [/^login method: (\S+)$/, (name) => `ログイン方式: ${name}`],
  [
    /^login by (\S*) is not spoken here; the method is chosen automatically$/,
    (name) => `${name} でのログインには対応していません。方式は自動で選びます`,
  ],
  [/^(\S*) is not spoken here$/, (name) => `${name} には対応していません`],
  [
    /^an account reads one folder: (.*) is taken, the others need accounts of their own$/s,
    (name) => `1 つのアカウントが読むフォルダーは 1 つです。${name} を取り込みます。ほかは別のアカウントにしてください`,
  ],
  [/^relay to (.*)$/s, (host) => `${host} に中継します`],
  [/^messages over (-?\w*) octets stay on the server$/, (octets) => `${octets} オクテットを超えるメールはサーバーに残します`],
  [/^(-?\w*) messages a run$/, (count) => `1 回に ${count} 通`],
  [/^its service (.*) is not known by number$/s, (name) => `サービス ${name} のポート番号が分かりません`],
  [/^to (\S.*?) \(the file names nobody\)$/s, (to) => `宛先 ${to}（ファイルに宛先はありません）`],
  [/^to (\S+@\S.*)$/s, (to) => `宛先 ${to}`],
  [/^to ([^\s;]+)$/, (to) => `宛先 ${to}`],
  [/^deleted from the server after (\d+) days$/, (days) => `${days} 日後にサーバーから削除`],
  [/^an account of type (\S+) is not mail fetched here$/, (type) => `${type} のアカウントは、ここで取得するメールではありません`],
  [/^account default: (.*)$/s, (names) => `既定のアカウント: ${names}`],
  [/^(\d+) mailboxes$/, (count) => `メールボックス ${count} 件`],
  [/^(\d+) aliases$/, (count) => `別名 ${count} 件`],
  [/^(\d+) octets( \(Postfix’s default\))?$/, (octets, usual) => `${octets} オクテット${usual === '' ? '' : '（Postfix の既定値）'}`],
  [/^Maildirs below (.*) are used where they are$/s, (base) => `${base} 以下の Maildir をそのまま使います`],
  [
    /^(.*) is not on this machine; the same folders are made below the mail folder$/s,
    (base) => `${base} はこのコンピューターにありません。同じ構成をメールフォルダーの下に作ります`,
  ],
  [
    /^mail_location = (.*): existing Maildirs are used where they are$/s,
    (location) => `mail_location = ${location}: 既存の Maildir をそのまま使います`,
  ],
  [/^one character is used: (.)$/, (character) => `使うのは 1 文字です: ${character}`],
  [/^its source (.*) could not be read$/s, (path) => `元のファイル ${path} を読めません`],
  [
    /^a table of type (.*) cannot be read here; export it as text$/s,
    (type) => `種類 ${type} の表はここでは読めません。テキストに書き出してください`,
  ],
  // A value that the account's schema does not take: the field, and the schema's own words.
  [
    /^([a-z][A-Za-z.0-9]*): (Invalid|Too|String|Expected|Unrecognized|Input)(.*)$/s,
    (field, first, rest) => `${field} の値が正しくありません（${first}${rest}）`,
  ],
];
