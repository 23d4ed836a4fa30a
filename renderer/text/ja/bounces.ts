// The bounces screen, in Japanese.
import type { Words } from '../words.js';

export const bounces: Words<'bounces'> = {
  title: '配送エラー',
};
