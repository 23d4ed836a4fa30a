// A worker thread that may die: jobs go in, results come out, and a job that takes too long or too much memory takes the
// thread with it, never the app (S20). The next job starts a new one.
import { Worker } from 'node:worker_threads';
import { MailError } from '../../shared/error.js';

export interface ThreadLimits {
  /** MiB of JavaScript heap. */
  readonly memory: number;
  /** Milliseconds for one job. */
  readonly time: number;
  /** Milliseconds without a job after which the thread is let go. */
  readonly idle: number;
}
export interface Thread {
  /** Jobs run one after the other. Throws MailError `unparsable` when the thread died of this job, or what the job threw. */
  run(name: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

interface Job {
  readonly name: string;
  readonly input: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}
export interface JobMessage {
  readonly name: string;
  readonly input: unknown;
}
export type JobAnswer = { readonly result: unknown } | { readonly failed: string };

function died(reason: string): MailError {
  return new MailError('unparsable', `reading the message was given up: ${reason}`, false, { said: reason });
}

/** `entry`: the built worker script. The thread starts with the first job. */
export function openThread(entry: string | URL, limits: ThreadLimits): Thread {
  const queue: Job[] = [];
  let worker: Worker | null = null;
  let current: Job | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const stopTimer = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const settle = (how: (job: Job) => void) => {
    const job = current;
    current = null;
    stopTimer();
    if (job !== null) how(job);
    next();
  };
  /** The thread is no longer ours: its job fails, the next one gets a new thread. */
  const lose = (thread: Worker, reason: MailError) => {
    if (worker !== thread) return;
    worker = null;
    thread.removeAllListeners();
    thread.on('error', () => undefined);
    void thread.terminate();
    settle((job) => job.reject(reason));
  };
  const start = (): Worker => {
    const thread = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: limits.memory, stackSizeMb: 4 }, stdin: false });
    thread.on('message', (answer: JobAnswer) =>
      settle((job) => ('failed' in answer ? job.reject(died(answer.failed)) : job.resolve(answer.result))),
    );
    thread.on('error', (error) =>
      lose(thread, died((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : error.message)),
    );
    thread.on('exit', () => lose(thread, died('the thread ended')));
    thread.unref();
    return thread;
  };
  const letGo = () => {
    const idle = worker;
    worker = null;
    idle?.removeAllListeners();
    void idle?.terminate();
  };
  const next = () => {
    if (current !== null) return;
    current = queue.shift() ?? null;
    if (current === null) {
      worker?.unref();
      timer = setTimeout(letGo, limits.idle).unref();
      return;
    }
    stopTimer();
    worker ??= start();
    worker.ref();
    const running = worker;
    timer = setTimeout(() => lose(running, died(`no result after ${Math.round(limits.time / 1000)} seconds`)), limits.time);
    running.postMessage({ name: current.name, input: current.input } satisfies JobMessage);
  };
  return {
    run: (name, input) =>
      new Promise((resolve, reject) => {
        if (closed) reject(new MailError('cancelled', 'the station is closing', true));
        else {
          queue.push({ name, input, resolve, reject });
          next();
        }
      }),
    async close() {
      closed = true;
      const waiting = queue.splice(0);
      for (const job of [...(current === null ? [] : [current]), ...waiting])
        job.reject(new MailError('cancelled', 'the station is closing', true));
      current = null;
      stopTimer();
      const last = worker;
      worker = null;
      last?.removeAllListeners();
      await last?.terminate();
    },
  };
}
