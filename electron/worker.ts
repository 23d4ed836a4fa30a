// Entry of the worker thread: reads messages for the station, and may be killed while it does.
import { parentPort } from 'node:worker_threads';
import { type JobName, runJob } from './message/jobs.js';
import { serveJobs } from './worker/serve.js';

if (parentPort !== null) serveJobs(parentPort, (name, input) => runJob(name as JobName, input as never));
