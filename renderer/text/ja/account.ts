// The account screen, in Japanese.
import type { Words } from '../words.js';

export const account: Words<'account'> = {
  title: 'アカウント',
};
