// The quarantine screen, in Japanese.
import type { Words } from '../words.js';

export const quarantine: Words<'quarantine'> = {
  title: '隔離',
};
