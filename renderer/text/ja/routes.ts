// The routes screen, in Japanese.
import type { Words } from '../words.js';

export const routes: Words<'routes'> = {
  title: '配送先',
};
