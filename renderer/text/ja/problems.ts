// The problems screen, in Japanese.
import type { Words } from '../words.js';

export const problems: Words<'problems'> = {
  title: '問題',
};
