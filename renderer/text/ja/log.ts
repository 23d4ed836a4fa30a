// The log screen, in Japanese.
import type { Words } from '../words.js';

export const log: Words<'log'> = {
  title: 'ログ',
};
