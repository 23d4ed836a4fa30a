// `npm run soak -- [--minutes N] [--seed N] [--only NAME]`: each fetcher for N minutes (default 5) of kills, cuts, stalls, a full disk
// and a clock that jumps, while mail arrives and another client takes some. Then an audit. The exit code is 1 when ours fails it.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } } });
const { module } = await runnerImport(fileURLToPath(new URL('./soak.ts', import.meta.url)), { configFile: false, logLevel: 'error' });
const whole = await module.run({
  seconds: Number(values.minutes ?? 5) * 60,
  seed: Number(values.seed ?? Date.now() % 1e6),
  only: values.only,
});
process.exit(whole ? 0 : 1);
