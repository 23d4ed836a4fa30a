// The log screen, in Japanese.
import type { Words } from '../words.js';

export const log: Words<'log'> = {
  title: 'ログ',
  level: 'レベル',
  account: 'アカウント',
  levelAll: 'すべて',
  levelInfo: '情報以上',
  levelWarn: '警告とエラー',
  levelError: 'エラーのみ',
  allAccounts: 'すべてのアカウント',
  stationOnly: 'ステーション',
  follow: '追尾',
  lines: '{count} 行',
  debug: '詳細',
  info: '情報',
  warn: '警告',
  error: 'エラー',
  emptyTitle: '記録はまだありません',
  emptyText: 'ステーションの動作がここに残ります。',
  filteredTitle: '該当する行はありません',
  filteredText: 'ほかのレベルかアカウントにはあります。',
  showAll: 'すべて表示',
};
