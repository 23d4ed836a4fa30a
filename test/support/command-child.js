// `todoku ARGS` in a program of its own that kills itself (SIGKILL) before its n-th file operation.
// Arguments: JSON {args, kill: number | null}. Prints how many operations it took, last.
import { killAt } from './kill-at.js';

const { args, kill } = JSON.parse(process.argv[2] ?? '{}');
const state = killAt({
  calls: ['link', 'unlink', 'rename', 'rm', 'mkdir', 'utimes'],
  handles: ['sync', 'writev', 'writeFile', 'close'],
  kill: kill === null ? null : { call: kill, after: false },
});

state.armed = true;
process.argv = [process.execPath, 'todoku', ...args];
await import('../../out/main/cli.js');
process.stdout.write(`\n${state.count}\n`);
