// What a command of `todoku` is given, and what it gives back: an exit code. Commands never call process.exit.
import type { Readable } from 'node:stream';

export interface CommandIo {
  /** One line to standard output; the newline is added. */
  out(line: string): void;
  /** One line to standard error. Control characters from mail or servers must already be escaped. */
  err(line: string): void;
  readonly stdin: Readable;
  /** Data folder: --home, TODOKU_HOME, or XDG's. */
  readonly home: string;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly language: 'en' | 'ja';
}
