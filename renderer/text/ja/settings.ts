// The settings screen, in Japanese.
import type { Words } from '../words.js';

export const settings: Words<'settings'> = {
  title: '設定',
};
