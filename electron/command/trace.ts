// `todoku trace PATH...|-`: the way of each message. JSON is one object a line, fields as listed here, oldest hop first.
import { readFileSync } from 'node:fs';
import { settings } from '../../shared/settings.js';
import type { Trace } from '../../shared/trace.js';
import { traceJson } from '../../shared/trace-json.js';
import { homePaths } from '../station/home.js';
import { traceText } from '../trace/text.js';
import { readTrace } from '../trace/trace.js';
import type { CommandIo } from './io.js';
import { Failures, type FoundMessage, messagesIn, printable } from './messages.js';

export interface TraceCommandOptions {
  readonly json?: boolean;
  /** Hosts, domains and networks whose Received lines are believed; without it what the settings say. */
  readonly trusted?: readonly string[] | undefined;
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
  const trustedHosts = options.trusted ?? hostsOfSettings(io.home);
  for await (const message of messagesIn(paths, io.stdin, { limit: headerLimit, failed: failures.add })) {
    const trace = readTrace(message.bytes, { trustedHosts });
    if (options.json ?? io.json) io.out(JSON.stringify({ file: message.file, ...traceJson(trace) }));
    else print(message, trace, io);
  }
  return failures.seen ? 2 : 0;
}

/** As the window has them. Nothing is made or mended for it: where there is no station, there are none. */
function hostsOfSettings(home: string): readonly string[] {
  try {
    return settings.parse(JSON.parse(readFileSync(homePaths(home).settings, 'utf8'))).reading.trustedHosts;
  } catch {
    return [];
  }
}

function print(message: FoundMessage, trace: Trace, io: CommandIo): void {
  io.out(`${printable(message.file)}:`);
  for (const line of traceText(trace, io.language).split('\n')) io.out(line === '' ? '' : `  ${line}`);
  io.out('');
}
