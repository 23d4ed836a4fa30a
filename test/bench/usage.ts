// One command, measured: seconds, processor seconds, peak memory.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Usage {
  readonly seconds: number;
  /** Of the processor, children included. */
  readonly cpu: number;
  /** MiB, of the largest process. */
  readonly peak: number;
}

/** Throws with the end of what it printed when it ends with another code than 0. */
export function measured(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Usage> {
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'usage.py'), ...command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const [seconds = 0, cpu = 0, peak = 0] = (said.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      if (code === 0) resolve({ seconds, cpu, peak: peak / 1024 });
      else reject(new Error(`${command[0]} ended with ${code}: ${said}`));
    });
  });
}
