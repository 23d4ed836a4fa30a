// Failure sentences, Japanese.
import type { Failure } from './error.js';
import { type Dictionary, type Phrases, place, type Words } from './failure-phrase.js';

const phrases: Phrases = {
  dns: (_, w) => [
    `${w.host} という名前が見つかりません。${w.said}`,
    'サーバー名の綴りと、このマシンがネットワークにつながっていることを確かめてください。',
  ],
  refused: (_, w) => [
    `${w.server} に接続を拒否されました。そのポートでは何も待ち受けていません。`,
    'ポートと暗号化の設定を確かめてください。POP3 は 995（TLS）か 110、IMAP は 993 か 143 です。',
  ],
  unreachable: (_, w) => [
    `${w.server} に到達できません。${w.said}`,
    'ネットワーク、VPN、ファイアウォールを確かめてください。次の受信で再試行します。',
  ],
  'connection-lost': (_, w) => [
    `${w.server} が途中で接続を切りました。${w.said}`,
    'メールは失われていません。確認の済んでいないものはサーバーに残り、次の受信で再試行します。',
  ],
  timeout: (_, w) => [
    `${w.server} から応答がありません${w.seconds}。`,
    '次の受信で再試行します。サーバーが遅いだけなら、アカウントのタイムアウトを延ばしてください。',
  ],
  proxy: (_, w) => [
    `プロキシが ${w.server} への経路を開けませんでした。${w.said}`,
    'プロキシのアドレスと、このポートが許可されているかを確かめてください。',
  ],
  tls: (_, w) => [
    `${w.server} との TLS ハンドシェイクに失敗しました。${w.said}`,
    'アカウントの「テスト」でどの段階かを確かめてください。サーバーが TLS 1.2 より古い版だけに対応している場合があります。',
  ],
  'tls-untrusted': (f, w) => [
    `${w.server} の証明書は、このマシンが信頼する認証局の署名がありません。${fingerprint(f)}`,
    '知っているサーバーなら、指紋を管理者のものと照合してから「この証明書を信頼」を選んでください。パスワードは送っていません。',
  ],
  'tls-name': (f, w) => [
    `${w.server} の証明書は ${f.name ?? '別の名前'} のものです。`,
    `証明書にあるサーバー名${f.name === undefined ? '' : `（${f.name}）`}を入力するか、管理者に確認してください。パスワードは送っていません。`,
  ],
  'tls-expired': (_, w) => [
    `${w.server} の証明書は有効期間の外です。${w.said}`,
    'このマシンの時計を確かめてください。時計が正しければ、管理者による証明書の更新が必要です。パスワードは送っていません。',
  ],
  'tls-pin-changed': (f, w) => [
    `${w.server} が、以前に信頼した証明書とは別の証明書を示しています。${fingerprint(f)}`,
    'アカウントを停止しました。新しい証明書を信頼する前に、更新されたのかを管理者に確認してください。パスワードは送っていません。',
  ],
  'tls-not-spoken': (_, w) => [
    `${w.server} はこのポートで TLS を使わず、平文で応答しました。${w.said}`,
    'STARTTLS（POP3 110、IMAP 143）か、TLS のポート（995、993）を選んでください。',
  ],
  'tls-on-plain-port': (_, w) => [
    `${w.server} は最初から TLS を求めています。`,
    'アカウントの暗号化を TLS にするか、平文のポート（POP3 110、IMAP 143、SMTP 587）を選んでください。',
  ],
  'starttls-missing': (_, w) => [
    `${w.server} は STARTTLS に対応していませんが、このアカウントでは必須です。パスワードは送っていません。`,
    'TLS のポート 995（POP3）か 993（IMAP）を試してください。「なし」はパスワードを平文で送るため、同じマシンか信頼できるネットワークのサーバーに限ります。',
  ],
  'starttls-refused': (_, w) => [
    `${w.server} が STARTTLS の開始を拒否しました。パスワードは送っていません。${w.said}`,
    'TLS のポート 995（POP3）か 993（IMAP）を試すか、管理者に知らせてください。',
  ],
  greeting: (_, w) => [
    `${w.server} の最初の応答がメールサーバーのものではありません。${w.said}`,
    'ホストとポートを確かめてください。別のサービスが応答している可能性があります。',
  ],
  protocol: (_, w) => [
    `${w.server} がプロトコルにない応答をしました。${w.said}`,
    'メールはサーバーに残っています。やり取りは通信記録で確かめられます。次の受信で再試行します。',
  ],
  limit: (_, w) => [
    `${w.server} の応答が制限を超えました${w.limit}。`,
    '残りは読まずにサーバーに残しました。繰り返す場合は通信記録を確かめてください。',
  ],
  'server-refused': (_, w) => [
    `${w.server} がコマンドを拒否しました。${w.said}`,
    '次の受信で再試行します。やり取りは通信記録で確かめられます。',
  ],
  'server-busy': (_, w) => [`${w.server} は現在混み合っています。${w.said}`, '操作は不要です。次の受信で再試行します。'],
  'mailbox-busy': (_, w) => [
    `${w.host} の ${w.user} のメールボックスは、別のプログラムが使用中です。${w.said}`,
    'パスワードの誤りではありません。ほかのメールソフトを閉じるか、次の受信を待ってください。',
  ],
  'login-delay': (_, w) => [
    `${w.host} は ${w.user} のログイン間隔を制限しています${w.seconds}。${w.said}`,
    '受信の予定はこの間隔に合わせてあります。',
  ],
  'server-temporary': (_, w) => [`${w.server} で一時的な障害が起きています。${w.said}`, '次の受信で再試行します。'],
  'server-permanent': (_, w) => [
    `${w.server} が恒久的な障害を通知しました。${w.said}`,
    '再試行だけでは直りません。応答の内容を管理者に知らせてください。',
  ],
  auth: (_, w) => [
    `${w.host} が ${w.user} のパスワードを拒否しました。${w.said}`,
    'ユーザー名とパスワードを確かめてください。アプリ パスワードや、提供元の設定での POP の有効化が必要な場合があります。',
  ],
  'auth-in-clear': (_, w) => [
    `${w.server} には ${w.user} のパスワードが平文で渡るため、送りませんでした。`,
    'TLS か STARTTLS を選んでください。「なし」は、同じマシンか信頼できるネットワークのサーバーに限ります。',
  ],
  'auth-unsupported': (f, w) => [
    `${w.server} は${f.name === undefined ? '選ばれた認証方式' : `認証方式 ${f.name}`} に対応していません。${w.said}`,
    '認証方式を自動にするか、「テスト」に表示される方式を選んでください。',
  ],
  'quit-refused': (_, w) => [
    `${w.server} がセッションの終了を確認しなかったため、削除が済んでいない可能性があります。${w.said}`,
    'メールは配送済みで、二重には配送しません。削除は次の受信でやり直します。',
  ],
  'disk-full': (_, w) => [
    `${w.path} を書き込む空き容量がありません。`,
    'ディスクの空きを増やしてください。メールはサーバーに残り、次の受信で届きます。',
  ],
  'not-writable': (_, w) => [
    `${w.path} に書き込めません。${w.said}`,
    'フォルダーの所有者と権限を確かめてください。それまでメールはサーバーに残ります。',
  ],
  maildir: (_, w) => [
    `${w.path} は Maildir として使えません。${w.said}`,
    '同じファイルシステム上に cur、new、tmp が必要です。メールはサーバーに残っています。',
  ],
  locked: (f, w) => [
    `このデータフォルダーでは別の Todoku が動いています${f.name === undefined ? '' : `（プロセス ${f.name}）`}：${w.path}${f.said === undefined ? '' : `（接続できませんでした：${f.said}）`}`,
    '動いている方を使うか、先に停止してください。',
  ],
  permissions: (f, w) => [
    f.said === undefined ? `${w.path} にはパスワードがありますが、ほかのユーザーも読める権限です。` : f.said,
    `chmod 600 ${f.path ?? 'FILE'} を実行してください。そのまま進めるには --force を付けます。`,
  ],
  'settings-corrupt': (_, w) => [
    `設定ファイルを読めなかったため、別に保管しました：${w.path} ${w.said}`,
    '最後の正常な写しを使っています。アカウントの内容を確かめてください。壊れたファイルは残してあります。',
  ],
  'settings-newer': (_, w) => [
    `設定は新しい版の Todoku で書かれています：${w.path}`,
    'Todoku を更新するか、別のデータフォルダー（--home）で起動してください。何も変更していません。',
  ],
  'ledger-corrupt': (_, w) => [
    `配送済みメールの台帳が壊れています：${w.path} ${w.said}`,
    '配送済みファイルの名前から作り直すため、二重には配送しません。',
  ],
  'ledger-newer': (_, w) => [
    `台帳は新しい版の Todoku で書かれています：${w.path}`,
    'Todoku を更新するか、別のデータフォルダー（--home）で起動してください。',
  ],
  'secret-missing': (_, w) => [
    `${w.user} のパスワードが保存されていないか、キーリングから取り出せません。`,
    'アカウントの画面か todoku account set でパスワードを入力してください。',
  ],
  'secret-command': (_, w) => [
    `${w.user} のパスワードコマンドが失敗しました。${w.said}`,
    'コマンドを端末で実行してください。1 行目にパスワードを出力し、終了コード 0 で終わる必要があります。',
  ],
  'credentials-invalid': (_, w) => [
    `${w.user} のユーザー名かパスワードに、改行などの制御文字が含まれています。`,
    '入力し直してください。コピーしたパスワードには改行が付くことがあります。',
  ],
  io: (_, w) => [`${w.path} の読み書きに失敗しました。${w.said}`, 'ディスクとフォルダーの権限を確かめてください。次の受信で再試行します。'],
  'scanner-unavailable': (_, w) => [
    `ウイルス検査プログラムが応答しません${at(w)}。${w.said}`,
    '検査が必須の間は受信しません。clamd を起動し、「ステーション」でソケットを確かめるか、検査を任意に変えてください。',
  ],
  'scanner-blind': (_, w) => [
    `ウイルス検査プログラムは応答しますが、テスト用ウイルスを検出しません${at(w)}。${w.said}`,
    '何でも通してしまうため、受信を止めています。シグネチャ（freshclam）と一時フォルダーを確かめてから「テスト」を行ってください。',
  ],
  'scan-failed': (_, w) => [`1 通を検査できませんでした。${w.said}`, 'サーバーに残して再試行します。3 回失敗すると「問題」に入ります。'],
  'recipient-refused': (f, w) => [
    f.said === undefined ? `${w.name} 宛てのメールは受け取れません。` : `${w.name} は拒否されました：${f.said}`,
    'この宛先のメールボックスか別名を追加するか、アカウントで拒否したメールの扱いを変えてください。',
  ],
  'relay-temporary': (_, w) => [
    `中継先 ${w.server} は今メールを受け取れません。${w.said}`,
    'メールはサーバーに残り、次の受信で再試行します。',
  ],
  'relay-permanent': (_, w) => [
    `中継先 ${w.server} がメールを恒久的に拒否しました。${w.said}`,
    'アカウントの「拒否したメール」の設定に従います。中継先の規則と制限を確かめてください。',
  ],
  'relay-doubt': (_, w) => [
    `1 通に対する ${w.server} の応答が失われました。${w.said}`,
    '失わないよう送り直すため、2 通届くことがあります。応答が 3 回失われると「問題」に入ります。',
  ],
  'sending-missing': () => [
    'このアカウントには送信サーバーが設定されていません。',
    'アカウント設定の「送信」で指定してから「今すぐ送信」を選んでください。メッセージは残っています。',
  ],
  'sending-unknown': (_, w) => [
    `メッセージは渡しましたが、サーバーの返事が失われました。送信された可能性があります。${w.said}`,
    '宛先の人かサーバーの記録で確かめてから、「もう一度送る」（二重に届く可能性があります）か「送信済みとする」を選んでください。',
  ],
  'sending-refused': (_, w) => [
    `送信サーバーがメッセージまたは一部の宛先を拒否しました。${w.said}`,
    '受け付けられた宛先には届いており、二度は送りません。メッセージを編集するか、ここから削除してください。',
  ],
  delivery: (_, w) => [`${w.path} に配送できませんでした。${w.said}`, 'メールはサーバーに残り、次の受信で再試行します。'],
  'message-refused': (_, w) => [
    `${w.server} が 1 通を渡しませんでした。${w.said}`,
    'ほかのメールは受信しました。3 回失敗すると「問題」に、できることと共に表示します。',
  ],
  'message-too-big': (_, w) => [
    `上限より大きいメールがあります${w.limit}。`,
    'サーバーに残しました。受信するにはアカウントの上限を上げてください。',
  ],
  unparsable: (_, w) => [`メールの構造を読み取れませんでした。${w.said}`, '届いたまま保存しています。「ソース」で内容を確かめられます。'],
  usage: (f) => [f.message, '使い方は todoku --help で確かめられます。'],
  'not-found': (_, w) => [`${w.name} は存在しないか、なくなりました。`, '現在の一覧を確かめてください。移動か削除された可能性があります。'],
  conflict: (_, w) => [`${w.name} はその間にほかで変更されました。${w.said}`, '内容を確かめてから、もう一度行ってください。'],
  forbidden: (f) => [`許可されていない操作です：${f.message}`, 'Todoku 自身のウィンドウか、表示されたアドレスから開いてください。'],
  cancelled: () => ['途中で中止しました。', 'メールは失われていません。確認の済んでいないものはサーバーに残っています。'],
  internal: (f) => [`予期しないことが起きました：${f.message}`, 'メールは保たれています。詳細はログにあります。次の受信で再試行します。'],
};

function fingerprint(failure: Failure): string {
  return failure.fingerprint === undefined ? '' : `SHA-256 の指紋は ${failure.fingerprint} です。`;
}

function at(words: Words): string {
  return words.path === 'ファイル' ? '' : `（${words.path}）`;
}

function words(failure: Failure): Words {
  return {
    server: place(failure) ?? 'サーバー',
    host: failure.host ?? 'サーバー',
    user: failure.user ?? 'このアカウント',
    path: failure.path ?? 'ファイル',
    name: failure.name ?? '対象',
    seconds: failure.seconds === undefined ? '' : `（${failure.seconds} 秒）`,
    limit: failure.limit === undefined ? '' : `（${failure.limit}）`,
    said: failure.said === undefined || failure.said === '' ? '' : `相手の応答：「${failure.said}」`,
  };
}

export const japanese: Dictionary = {
  phrases,
  words,
  steps: {
    begin: '開始',
    scanner: '検査プログラムの確認',
    connect: '接続',
    secret: 'パスワードの取得',
    dns: '名前の解決',
    tcp: '接続',
    tls: 'TLS の開始',
    starttls: '暗号化の開始',
    greeting: '最初の応答',
    capabilities: '機能の確認',
    open: '接続の準備',
    select: 'フォルダーを開く',
    mailbox: 'メールボックスの確認',
    command: 'コマンド',
    stat: 'メールボックスの確認',
    append: 'フォルダーへの追加',
    search: '検索',
    idle: '新着の待機',
    fetch: '取り出し',
    flag: 'フラグの変更',
    move: '移動',
    copy: 'コピー',
    create: 'フォルダーの作成',
    rename: 'フォルダー名の変更',
    folders: 'フォルダーの一覧',
    status: '状態の確認',
    login: 'ログイン',
    list: '一覧',
    retrieve: '取り出し',
    spool: '保存',
    route: '配送先の決定',
    scan: '検査',
    hand: '引き渡し',
    handed: '引き渡し',
    seal: '配送',
    link: '配送',
    synced: '配送',
    record: '記録',
    delete: '削除',
    quit: 'セッションの終了',
    end: '終了',
  },
  prefix(account, step) {
    if (account === undefined) return step === undefined ? '' : `${step}：`;
    return step === undefined ? `${account}：` : `${account}（${step}）：`;
  },
};
