// `npm run fuzz -- [--seconds N] [--seed N] [TARGET...]`: each target for its share of the time, two at once. What is found is kept as
// test/fixture/fuzz/TARGET/found-*, where the unit test tries it again from then on; the exit code is 1 then.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./campaign.ts', import.meta.url)), { configFile: false, logLevel: 'error' });
process.exit(await module.run(process.argv.slice(2)));
