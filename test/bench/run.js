// Runs one bench: `node test/bench/run.js list`. The bench is TypeScript; Vite loads it.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [name = 'list', ...rest] = process.argv.slice(2);
const { module } = await runnerImport(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), { configFile: false, logLevel: 'error' });
await module.run(rest);
process.exit(0);
