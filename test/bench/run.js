// Runs one bench: `node test/bench/run.js list`; without a name, all of docs/speed.md. The benches are TypeScript; Vite loads them.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [first, ...more] = process.argv.slice(2);
// Without a name, or with options only: all that docs/speed.md tells.
const [name, rest] = first === undefined || first.startsWith('-') ? ['all', process.argv.slice(2)] : [first, more];
const { module } = await runnerImport(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), { configFile: false, logLevel: 'error' });
await module.run(rest);
process.exit(0);
