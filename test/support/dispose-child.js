// One found file moved, copied or removed in a program of its own, which kills itself (SIGKILL) before or after the n-th file
// operation. Argument: JSON {bundle, path, how, folder, kill: {call, after} | null}. Prints how many operations it took.
import fsp from 'node:fs/promises';
import { killAt } from './kill-at.js';

const { bundle, path, how, folder, kill } = JSON.parse(process.argv[2] ?? '{}');
const state = killAt({ calls: ['link', 'unlink', 'rm', 'mkdir', 'copyFile', 'utimes'], handles: ['sync', 'close'], kill });

const { FoundFiles } = await import(bundle);
const found = new FoundFiles();
const bytes = Buffer.from(path);
const entry = found.add('infected', path, 'Test', {
  path: bytes,
  scanned: await fsp.lstat(bytes),
  verdict: { kind: 'infected', signatures: ['Test'] },
});
state.armed = true;
const [line] = await found.settle([entry.id], () => (how === 'remove' ? { kind: 'remove' } : { kind: how, folder }));
state.armed = false;
process.stdout.write(JSON.stringify({ calls: state.count, line }));
