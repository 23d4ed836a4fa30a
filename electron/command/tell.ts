// An error of a command, told: what failed, where, and what to do next; as JSON where that was asked for.
import { type Failure, toFailure } from '../../shared/error.js';
import { explain } from '../../shared/failure-text.js';
import { failureExit } from '../station/fetch-report.js';
import { escapeControls } from '../station/log.js';
import type { CommandIo } from './io.js';

/** Two lines: what failed, and what to try. */
export function tellFailure(failure: Failure, io: CommandIo): void {
  const { what, next } = explain(failure, io.language);
  io.err(`todoku: ${escapeControls(what)}`);
  if (next !== '') io.err(`        ${escapeControls(next)}`);
  if (io.verbose) io.err(`        (${failure.code}: ${escapeControls(failure.message)})`);
}

/** Prints the error and returns fetchmail's exit code for it. */
export function tellError(error: unknown, io: CommandIo): number {
  const failure = toFailure(error);
  if (io.json) io.out(JSON.stringify({ failure }));
  else tellFailure(failure, io);
  if (failure.code === 'internal' && error instanceof Error && io.verbose) io.err(error.stack ?? '');
  return failureExit(failure.code);
}
