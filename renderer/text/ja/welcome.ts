// The welcome screen, in Japanese.
import type { Words } from '../words.js';

export const welcome: Words<'welcome'> = {
  title: 'ようこそ',
};
