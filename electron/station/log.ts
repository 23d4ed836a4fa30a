// The log: lines in memory for the window, JSON lines in log/todoku.log by pino, turned over at 5 MB.
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { EmitEvent } from '../../shared/contract.js';
import type { LogLine } from '../../shared/station.js';
import type { WriteLog } from './context.js';

const kept = 5000;
const turnOverOctets = 5_000_000;

/** Control characters made visible: what a server says never drives a terminal or forges a line (S22). */
export function escapeControls(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

export interface Log {
  readonly write: WriteLog;
  /** Newest last. */
  lines(most: number, account: string | null): readonly LogLine[];
  /** Everything written so far is on its way to the file when this returns. */
  close(): void;
}

export function openLog(folder: string, emit: EmitEvent): Log {
  const path = join(folder, 'todoku.log');
  turnOver(path);
  const destination = pino.destination({ dest: path, sync: true, mode: 0o600, append: true });
  const file = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const ring: LogLine[] = [];
  return {
    write(level, text, account) {
      const line: LogLine = { time: new Date().toISOString(), level, account: account ?? null, text: escapeControls(text) };
      ring.push(line);
      if (ring.length > kept) ring.splice(0, ring.length - kept);
      file[level]({ account: line.account ?? undefined }, line.text);
      emit('log.line', line);
    },
    lines: (most, account) => ring.filter((line) => account === null || line.account === account).slice(-most),
    close: () => destination.flushSync(),
  };
}

function turnOver(path: string): void {
  try {
    if (statSync(path).size > turnOverOctets) renameSync(path, `${path}.1`);
  } catch {
    // No log yet.
  }
}
