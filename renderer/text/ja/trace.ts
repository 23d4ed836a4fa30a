// trace, in Japanese.
import type { Words } from '../words.js';

export const trace: Words<'trace'> = {
  title: 'x',
};
