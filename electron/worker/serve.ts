// The other end of thread.ts, inside the worker: answers one job after the other.
import type { MessagePort } from 'node:worker_threads';
import type { JobAnswer, JobMessage } from './thread.js';

type Run = (name: string, input: unknown) => Promise<unknown>;

/** Large byte arrays are handed over, not copied. */
function transferable(result: unknown): ArrayBuffer[] {
  if (typeof result !== 'object' || result === null || !('bytes' in result) || !(result.bytes instanceof Uint8Array)) return [];
  const { buffer, byteLength } = result.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

export function serveJobs(port: MessagePort, run: Run): void {
  port.on('message', async ({ name, input }: JobMessage) => {
    try {
      const result = await run(name, input);
      port.postMessage({ result } satisfies JobAnswer, transferable(result));
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error);
      port.postMessage({ failed } satisfies JobAnswer);
    }
  });
}
