// Why signatures were not updated, in English and Japanese: what happened, then what can be done. Mail and polls are not spoken
// of; these failures are freshclam's.
import type { Failure } from './error.js';

export const signatureReasons = [
  'log',
  'folder',
  'busy',
  'disk',
  'blocked',
  'too-often',
  'cooling',
  'clock',
  'dns',
  'unreachable',
  'silent',
  'tls',
  'broken',
  'missing',
  'not-installed',
  'other',
] as const;
export type SignatureReason = (typeof signatureReasons)[number];

/** The step by which a failure is known to be of this kind; its `name` is the reason. */
export const signatureStep = 'signatures';

interface Words {
  readonly path: string;
  readonly until: string;
  readonly said: string;
}
type Sentences = Readonly<Record<SignatureReason, (words: Words) => readonly [what: string, next: string]>>;

const english: Sentences = {
  log: (w) => [
    `freshclam may not write its log ${w.path}.`,
    'Give the file and its folder to the user who runs this program, then update again. The signatures that are here stay in use.',
  ],
  folder: (w) => [
    `freshclam may not write into the folder of signatures ${w.path}.`,
    'Give the folder to the user who runs this program, or choose another one in Settings, Scanner.',
  ],
  busy: () => ['Another freshclam is at work in this folder.', 'Wait until it has ended, then update again.'],
  disk: () => ['There is no room for new signatures.', 'Free about 1 GB, then update again. The signatures that are here stay in use.'],
  blocked: (w) => [
    `The update service has blocked this address (403)${w.until === '' ? '' : ` and is not asked again before ${w.until}`}.`,
    'Nothing can hurry it. If many machines share this address, use a mirror of your own (Settings, Signatures).',
  ],
  'too-often': (w) => [
    `The update service was asked too often from this address (429)${w.until === '' ? '' : ` and is not asked again before ${w.until}`}.`,
    'Nothing to do: the next planned update tries again. Once a day is enough.',
  ],
  cooling: (w) => [
    `The update service does not want to be asked${w.until === '' ? '' : ` before ${w.until}`} (403 or 429).`,
    'Nothing to do: the signatures that are here stay in use, and the update goes on by itself afterwards.',
  ],
  clock: () => [
    'The signatures on the server are younger than this machine’s clock: the clock is slow.',
    'Set date, time and time zone right, then update again. Until then their age cannot be told.',
  ],
  dns: () => ['The name of the update server is not found: there is no network, or no DNS.', 'Check the connection, then update again.'],
  unreachable: () => [
    'The update server cannot be reached: there is no network, or a firewall stands between.',
    'Check the connection and the firewall, then update again.',
  ],
  silent: () => ['The update server does not answer in time.', 'The next planned update tries again, or update now.'],
  tls: (w) => [
    `There is no safe connection to the update server.${w.said}`,
    'Check this machine’s clock and its certificates, or a proxy between.',
  ],
  broken: () => [
    'The server sent a broken database. It was thrown away; the old one stays in use.',
    'Update again later. A network that asks for a login first (a hotel, a train) does this, too.',
  ],
  missing: () => ['The update server does not have the file, or refuses it.', 'Check the mirror’s address in Settings, Signatures.'],
  'not-installed': () => ['freshclam is not installed.', 'Install ClamAV’s updater (Debian and Ubuntu: clamav-freshclam).'],
  other: (w) => [`The signatures were not updated.${w.said}`, 'The log below has freshclam’s own words.'],
};

const japanese: Sentences = {
  log: (w) => [
    `freshclam がログ ${w.path} に書き込めません。`,
    'ファイルとそのフォルダーの所有者を、このプログラムを動かすユーザーにしてから、もう一度更新してください。今の定義ファイルは引き続き使われます。',
  ],
  folder: (w) => [
    `freshclam が定義ファイルのフォルダー ${w.path} に書き込めません。`,
    'フォルダーの所有者をこのプログラムを動かすユーザーにするか、設定の「スキャナー」で別のフォルダーを選んでください。',
  ],
  busy: () => ['このフォルダーでは別の freshclam が動いています。', '終わるのを待ってから、もう一度更新してください。'],
  disk: () => [
    '新しい定義ファイルのための空き容量がありません。',
    '1 GB ほど空けてから、もう一度更新してください。今の定義ファイルは引き続き使われます。',
  ],
  blocked: (w) => [
    `更新サービスがこのアドレスを拒否しました (403)。${w.until === '' ? '' : `${w.until} までは問い合わせません。`}`,
    '早める方法はありません。多くのマシンでこのアドレスを共有している場合は、自前のミラーを設定の「定義ファイル」で指定してください。',
  ],
  'too-often': (w) => [
    `このアドレスからの更新の問い合わせが多すぎました (429)。${w.until === '' ? '' : `${w.until} までは問い合わせません。`}`,
    '操作は不要です。次の予定で再試行します。更新は 1 日 1 回で十分です。',
  ],
  cooling: (w) => [
    `更新サービスが問い合わせを控えるよう求めています (403 または 429)。${w.until === '' ? '' : `${w.until} まで待ちます。`}`,
    '操作は不要です。今の定義ファイルは引き続き使われ、その後の更新は自動で行われます。',
  ],
  clock: () => [
    'サーバーの定義ファイルの日時がこのマシンの時計より先です。時計が遅れています。',
    '日付、時刻、タイムゾーンを正しく合わせてから、もう一度更新してください。それまで定義ファイルの古さは判断できません。',
  ],
  dns: () => ['更新サーバーの名前が見つかりません。ネットワークか DNS が使えません。', '接続を確かめてから、もう一度更新してください。'],
  unreachable: () => [
    '更新サーバーに到達できません。ネットワークが使えないか、ファイアウォールに遮られています。',
    '接続とファイアウォールを確かめてから、もう一度更新してください。',
  ],
  silent: () => ['更新サーバーが時間内に応答しません。', '次の予定で再試行します。今すぐ更新することもできます。'],
  tls: (w) => [`更新サーバーと安全に接続できません。${w.said}`, 'このマシンの時計と証明書、途中のプロキシを確かめてください。'],
  broken: () => [
    'サーバーから壊れたデータベースが届きました。破棄し、今のものを使い続けます。',
    '後でもう一度更新してください。最初にログインを求めるネットワーク（ホテル、車内など）でも起こります。',
  ],
  missing: () => ['更新サーバーにファイルがないか、拒否されました。', '設定の「定義ファイル」でミラーのアドレスを確かめてください。'],
  'not-installed': () => [
    'freshclam がインストールされていません。',
    'ClamAV の更新プログラムを入れてください（Debian、Ubuntu：clamav-freshclam）。',
  ],
  other: (w) => [`定義ファイルを更新できませんでした。${w.said}`, '下のログに freshclam 自身の言葉があります。'],
};

/** null: the failure is not of an update of signatures. */
export function explainSignatures(failure: Failure, language: 'en' | 'ja'): { readonly what: string; readonly next: string } | null {
  if (failure.step !== signatureStep) return null;
  const reason = signatureReasons.find((one) => one === failure.name) ?? 'other';
  const until =
    failure.limit === undefined ? '' : new Date(failure.limit).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  const quoted = language === 'ja' ? `応答：「${failure.said}」` : ` It said: “${failure.said}”.`;
  const said = failure.said === undefined || failure.said === '' ? '' : quoted;
  const [what, next] = { en: english, ja: japanese }[language][reason]({ path: failure.path ?? '', until, said });
  return { what: what.replace(/ {2,}/g, ' ').replace(/ ([.。])/g, '$1'), next };
}
