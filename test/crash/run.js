// `npm run test:crash`: the crash matrix and the server's faults. With --peers: the same kills over fetchmail, mpop and getmail6.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [...parameters] = process.argv.slice(2);
if (parameters.includes('--peers')) {
  const { module } = await runnerImport(fileURLToPath(new URL('./peers.ts', import.meta.url)), { configFile: false, logLevel: 'error' });
  await module.run();
  process.exit(0);
}
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const files = ['crash', 'faults'].map((name) => `test/integration/station/${name}.test.ts`);
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'integration', ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
