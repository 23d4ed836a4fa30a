// The doctor's sentences in Japanese.
import type { DoctorWords, Sentences } from './doctor-en.js';

const failed: Sentences = ['確認できませんでした：{said}。', 'メールの持ち主のユーザーで `todoku doctor` を実行してください。'];

export const doctorJa: DoctorWords = {
  versions: {
    title: 'バージョン',
    ok: ['Todoku {version}、Node {node}{runtime} で動いています。', ''],
    evaluation: [
      'Todoku {version} は評価用の古い Electron{runtime} で動いています。',
      '専用の Electron が付いた Todoku を入れてください。',
    ],
    old: ['Node {node} は古すぎます。', 'Node 20.18 以降を入れてください。'],
    failed,
  },
  folder: {
    title: 'データフォルダー',
    ok: ['{path} があり、書き込めます。', ''],
    missing: ['{path} はまだありません。', 'ステーションが初めて動くときに作られます。'],
    unwritable: ['{path} に書き込めません：{code}。', 'フォルダーをこのユーザーのものにするか、--home で別の場所を指定してください。'],
    failed,
  },
  modes: {
    title: 'アクセス権',
    ok: ['設定、パスワード、台帳、隔離したメールは他のユーザーから読めません。', ''],
    open: [
      '他のユーザーが読める非公開のファイルやフォルダーが {count} 個あります。最初は {path} です。',
      '実行してください：chmod -R go-rwx {root}',
    ],
    failed,
  },
  space: {
    title: '空き容量',
    ok: ['空きは {free} です。', ''],
    low: ['空きが {free} しかありません。', '早めに空けてください。いっぱいになると受信が止まり、メールはサーバーで待ちます。'],
    full: [
      'ディスクがいっぱいです。空きは {free} です。',
      '空きを作ってください。それまで受信しません。メールはサーバーに残り、失われません。',
    ],
    inodes: [
      '容量はありますが、あと {count} 個のファイルしか作れません。',
      '小さなファイルを整理してください。メールは 1 通が 1 ファイルです。',
    ],
    failed,
  },
  lock: {
    title: 'ロック',
    free: ['このフォルダーを使っているステーションはありません。', ''],
    held: ['プロセス {pid} のステーションがこのフォルダーを使っています。', ''],
    unknown: ['名乗らないプログラムがロックを持っています。', 'このユーザーの別の Todoku を探すか、コンピューターを再起動してください。'],
    failed,
  },
  settings: {
    title: '設定',
    ok: ['settings.json は正常です。アカウントは {count} 個です。', ''],
    absent: ['設定はまだありません。既定値を使います。', 'アカウントを追加するか、既存の設定を取り込んでください。'],
    aside: [
      'settings.json は正常ですが、壊れたものが {count} 個よけてあります。最後は {path} です。',
      '設定と見比べてから削除してください。',
    ],
    newer: [
      'settings.json はこの Todoku の知らないバージョン {version} です。そのまま残してあります。',
      '書き込んだ新しい Todoku を入れてください。',
    ],
    broken: ['settings.json を読めません：{said}。', '次の起動時によけておき、最後の正常な写しを使います。何も削除しません。'],
    failed,
  },
  ledger: {
    title: '台帳',
    ok: ['ledger.db は正常です。{count} 通を記録しています。', ''],
    absent: ['台帳はまだありません。', '最初の受信で作られます。'],
    aside: [
      'ledger.db は正常ですが、壊れたものが {count} 個よけてあります。最後は {path} です。',
      'ディスクを調べて（smartctl）から削除してください。',
    ],
    newer: [
      'ledger.db はこの Todoku の知らないバージョン {version} です。そのまま残してあります。',
      '書き込んだ新しい Todoku を入れてください。',
    ],
    damaged: [
      'ledger.db が壊れています：{said}。',
      'ディスクを調べてください。次の起動時によけておき、配送済みのメールは Maildir から見つけます。',
    ],
    failed,
  },
  catalog: {
    title: 'カタログ',
    ok: ['catalog.db を読めます。{count} 通を載せています。', ''],
    absent: ['カタログはまだありません。', 'ウィンドウが Maildir から作ります。'],
    other: ['catalog.db は別のバージョンです。', '次の起動時に Maildir から作り直します。'],
    damaged: ['catalog.db が壊れています：{said}。', 'Todoku を再起動すると、Maildir から作り直します。'],
    failed,
  },
  clamd: {
    title: 'スキャナー',
    ok: ['{engine} が {where} で応答し、テストウイルスを見つけました。', ''],
    startable: ['clamd は動いていません。必要になると Todoku が自分で起動します。', ''],
    off: [
      'スキャンはオフです。メールは「未スキャン」の印つきで配送されます。',
      '設定でオンにするか、実行してください：todoku config set scanner.mode required',
    ],
    missing: [
      '使える clamd がありません：{said}。',
      'Debian では：apt-get install clamav-daemon。スキャンが必須なら、それまで受信しません。',
    ],
    silent: [
      'clamd が {where} で応答しません：{said}。',
      '起動する（systemctl start clamav-daemon）か、scanner.clamd を auto にしてください。',
    ],
    blind: [
      'clamd は {where} で応答しますが、テストウイルスを見つけません（{said}）。',
      '定義を更新し、clamd.conf の ScanMail と ScanArchive がオンか確かめてください。',
    ],
    failed,
  },
  signatures: {
    title: 'ウイルス定義',
    fresh: ['最新の定義は {count} 日前のものです。', ''],
    old: ['最新の定義は {count} 日前のものです。', 'ステーション画面のボタンか freshclam で更新してください。'],
    stale: [
      '最新の定義が {count} 日前のものです。最近のウイルスは見つかりません。',
      '更新し、freshclam が動かなかった理由を調べてください（log/freshclam.log か journalctl -u clamav-freshclam）。',
    ],
    unknown: ['定義の古さがわかりません。', '日付があるのは main.cvd や daily.cvd です。freshclam が取得します。'],
    none: ['{path} に定義がありません。', 'freshclam を実行するか、ステーション画面の「定義を更新」を押してください。'],
    failed,
  },
  network: {
    title: 'ネットワーク',
    ok: ['{count} 台のメールサーバーすべてに届きます。', ''],
    none: ['受信するアカウントがないので、サーバーは試していません。', ''],
    offline: ['ネットワークにつながっていません。', 'つなぐと、受信は自動で再開します。'],
    unreachable: [
      '{of} 台のうち {count} 台のメールサーバーに届きません。最初は {host}：{code}。',
      '名前とポートを確かめてください：todoku account test 名前',
    ],
    failed,
  },
  secrets: {
    title: 'パスワード',
    ok: ['受信する {count} 個のアカウントすべてにパスワードがあります。', ''],
    missing: [
      'パスワードのないアカウントが {count} 個あります。最初は {account} です。',
      'ウィンドウで入力するか、実行してください：todoku account set 名前 --password-stdin',
    ],
    unreadable: ['secrets.json を読めません：{said}。', 'バックアップから戻すか、削除してパスワードを入れ直してください。'],
    failed,
  },
  keyring: {
    title: 'キーリング',
    strong: ['デスクトップのキーリングがパスワードを封じています。', ''],
    weak: [
      'デスクトップのキーリングがなく、パスワードは見えにくくしてあるだけです。',
      'キーリング（gnome-keyring、KWallet）を入れて開き、アカウントを保存し直してください。パスワードコマンドも使えます。',
    ],
    file: [
      'パスワードはこのユーザーだけが読めるファイルにあります。',
      'デスクトップ版ならキーリングで封じられます。パスワードコマンドならファイルも要りません。',
    ],
    sealed: [
      '{count} 個のパスワードはデスクトップのキーリングで封じてあり、このプログラムでは開けません。',
      'デスクトップ版を起動するか、入れ直してください：todoku account set 名前 --password-stdin',
    ],
    failed,
  },
  tray: {
    title: 'トレイ',
    ok: ['デスクトップはトレイのアイコンを表示します。', ''],
    missing: [
      'このデスクトップはトレイのアイコンを表示しません。',
      '閉じたウィンドウは、Todoku をもう一度起動すると戻ります。GNOME では拡張機能 AppIndicator で表示できます。',
    ],
    headless: ['デスクトップのセッションがないので、トレイもありません。', ''],
    unknown: ['デスクトップがトレイのアイコンを表示するかどうかは不明です。', ''],
    failed,
  },
};
