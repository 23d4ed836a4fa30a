// The doctor's screen, in Japanese.
import type { Words } from '../words.js';

export const doctor: Words<'doctor'> = {
  title: '診断',
  again: 'もう一度調べる',
  checking: '調べています',
  copy: '報告をコピー',
  copyNote: 'コピーされる報告に、人名、アドレス、ホスト名、フォルダー名は含まれません。',
  summaryGood: '対処は不要です',
  summary: '対処が必要な項目 {count} 件',
  good: '正常',
  note: '参考',
  warning: '注意',
  bad: '異常',
};
