// The worker script, bundled once a test run.
import { fileURLToPath } from 'node:url';
import { bundleForNode } from './child.js';

let worker: Promise<string> | null = null;

export function builtWorker(): Promise<string> {
  worker ??= bundleForNode(fileURLToPath(new URL('../../electron/worker.ts', import.meta.url)));
  return worker;
}
