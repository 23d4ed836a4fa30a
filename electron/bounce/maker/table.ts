// The makers of bounces in plain text, in the order they are tried: those with words of their own first, what only a
// language or a common phrase tells last.
import { japanMakers } from './japan.js';
import type { BounceMaker } from './kind.js';
import { providerMakers } from './provider.js';
import { unixMakers } from './unix.js';
import { windowsMakers } from './windows.js';

export const bounceMakers: readonly BounceMaker[] = [...unixMakers, ...providerMakers, ...windowsMakers, ...japanMakers];
