// Entry of the worker threads: one reads messages for the index and one for the pane, and they may be killed while they
// do; one enters rows into the catalog. Each is told by its jobs which one it is.
import { parentPort } from 'node:worker_threads';
import { deliveryReport } from './bounce/bounce.js';
import { type JobName, jobsWith } from './message/jobs.js';
import type { CompareJob } from './station/catalog-compare.js';
import { type InsertJob, runCompare, runInsert } from './station/catalog-writer.js';
import { serveJobs } from './worker/serve.js';

if (parentPort !== null) {
  const runJob = jobsWith(deliveryReport);
  serveJobs(parentPort, async (name, input) => {
    if (name === 'insert') return runInsert(input as InsertJob);
    if (name === 'compare') return runCompare(input as CompareJob);
    return runJob(name as JobName, input as never);
  });
}
