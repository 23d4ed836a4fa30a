// The station screen, in Japanese.
import type { Words } from '../words.js';

export const station: Words<'station'> = {
  title: 'ステーション',
};
