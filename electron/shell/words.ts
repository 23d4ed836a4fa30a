// What the desktop itself shows (tray, notifications, questions), in English and Japanese. The window has its own.
import type { Settings } from '../../shared/settings.js';

export interface Words {
  readonly open: string;
  readonly cancel: string;
  readonly quit: string;
  readonly fetchNow: string;
  readonly pause: string;
  readonly pauseHour: string;
  readonly pauseTomorrow: string;
  readonly pauseUntilResumed: string;
  readonly resume: string;
  readonly paused: string;
  readonly noAccounts: string;
  readonly states: Readonly<Record<'waiting' | 'fetching' | 'failed' | 'paused' | 'needs-secret' | 'offline', string>>;
  readonly evaluation: string;
  readonly weakKeyring: string;
  readonly root: string;
  readonly cannotStart: string;
  readonly trouble: (account: string) => string;
  readonly quarantined: (count: number) => string;
  readonly arrived: (count: number) => string;
  readonly unread: (count: number) => string;
  readonly openLink: (host: string) => string;
}

const english: Words = {
  open: 'Open',
  cancel: 'Cancel',
  quit: 'Quit Todoku',
  fetchNow: 'Fetch now',
  pause: 'Pause fetching',
  pauseHour: 'For an hour',
  pauseTomorrow: 'Until tomorrow',
  pauseUntilResumed: 'Until I resume',
  resume: 'Resume fetching',
  paused: 'Fetching is paused',
  noAccounts: 'No accounts yet',
  states: {
    waiting: 'waiting',
    fetching: 'fetching',
    failed: 'failed',
    paused: 'paused',
    'needs-secret': 'needs its password',
    offline: 'offline',
  },
  evaluation: 'This Electron runtime is old and for evaluation only. Do not read untrusted mail with it for long.',
  weakKeyring:
    'There is no desktop keyring: saved passwords are only as safe as the files of your data folder. Choose a password command, or keep them for the session only.',
  root: 'Running as root: Chromium has no sandbox then. Use an ordinary user.',
  cannotStart: 'Todoku cannot start',
  trouble: (account) => `${account}: fetching keeps failing`,
  quarantined: (count) => (count === 1 ? 'A message was quarantined' : `${count} messages were quarantined`),
  arrived: (count) => (count === 1 ? 'One new message' : `${count} new messages`),
  unread: (count) => (count === 0 ? 'Todoku' : `Todoku: ${count} unread`),
  openLink: (host) => `Open a page of ${host}?`,
};

const japanese: Words = {
  open: '開く',
  cancel: 'キャンセル',
  quit: 'Todoku を終了',
  fetchNow: '今すぐ受信',
  pause: '受信を一時停止',
  pauseHour: '1 時間',
  pauseTomorrow: '明日まで',
  pauseUntilResumed: '再開するまで',
  resume: '受信を再開',
  paused: '受信は一時停止中です',
  noAccounts: 'アカウントはまだありません',
  states: {
    waiting: '待機中',
    fetching: '受信中',
    failed: '失敗',
    paused: '一時停止中',
    'needs-secret': 'パスワードが必要です',
    offline: 'オフライン',
  },
  evaluation: 'この Electron ランタイムは古い評価用のものです。信頼できないメールを長く読むのには使わないでください。',
  weakKeyring:
    'デスクトップのキーリングがありません。保存したパスワードの安全性はデータフォルダーのファイルと同じです。パスワードコマンドか、セッション中だけの保持も選べます。',
  root: 'root で実行しています。Chromium のサンドボックスが働きません。一般ユーザーで実行してください。',
  cannotStart: 'Todoku を起動できません',
  trouble: (account) => `${account}: 受信の失敗が続いています`,
  quarantined: (count) => `${count} 通を隔離しました`,
  arrived: (count) => `新着メール ${count} 通`,
  unread: (count) => (count === 0 ? 'Todoku' : `Todoku: 未読 ${count} 通`),
  openLink: (host) => `${host} のページを開きますか?`,
};

/** `locale` is the desktop's, used where the settings say `system`. */
export function wordsFor(language: Settings['language'], locale: string): Words {
  const chosen = language === 'system' ? locale : language;
  return chosen.toLowerCase().startsWith('ja') ? japanese : english;
}
