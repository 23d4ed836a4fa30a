// `todoku trace PATH...|-`: the way of each message. JSON is one object a line, fields as listed here, oldest hop first.
import type { Trace } from '../../shared/trace.js';
import { traceJson } from '../../shared/trace-json.js';
import { traceText } from '../trace/text.js';
import { readTrace } from '../trace/trace.js';
import type { CommandIo } from './io.js';
import { Failures, type FoundMessage, messagesIn, printable } from './messages.js';

export interface TraceCommandOptions {
  readonly json?: boolean;
  /** Hosts or domains whose Received lines are believed. */
  readonly trusted?: readonly string[];
}
/** Only the header is read. */
const headerLimit = 1_000_000;

/** Exit code: 0; 2 when a path could not be read (the others are printed all the same); 5 without any path. An mbox file is one message. */
export async function traceCommand(paths: readonly string[], options: TraceCommandOptions, io: CommandIo): Promise<number> {
  if (paths.length === 0) {
    io.err('trace: PATH or - is needed');
    return 5;
  }
  const failures = new Failures(io, 'trace');
  for await (const message of messagesIn(paths, io.stdin, { limit: headerLimit, failed: failures.add })) {
    const trace = readTrace(message.bytes, { trustedHosts: options.trusted ?? [] });
    if (options.json ?? io.json) io.out(JSON.stringify({ file: message.file, ...traceJson(trace) }));
    else print(message, trace, io);
  }
  return failures.seen ? 2 : 0;
}

function print(message: FoundMessage, trace: Trace, io: CommandIo): void {
  io.out(`${printable(message.file)}:`);
  for (const line of traceText(trace, io.language).split('\n')) io.out(line === '' ? '' : `  ${line}`);
  io.out('');
}
