// reader, in Japanese.
import type { Words } from '../words.js';

export const reader: Words<'reader'> = {
  title: 'x',
};
