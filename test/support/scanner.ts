// A scanner for one test, with a folder of its own; and the test virus.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Places } from '../../electron/scanner/discover.js';
import { openScanner, type Scanner } from '../../electron/scanner/scanner.js';
import { type ScannerSettings, scannerSettings } from '../../shared/settings.js';
import { nowhere } from './places.js';

/** In two halves, so that no scanner takes this file for it. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface TestScanner {
  readonly scanner: Scanner;
  readonly runFolder: string;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export async function testScanner(input: Partial<ScannerSettings>, places: Places = nowhere, folder?: string): Promise<TestScanner> {
  const runFolder = folder ?? (await mkdtemp(join(tmpdir(), 'todoku-run-')));
  const lines: string[] = [];
  const settings = scannerSettings.parse({ timeout: 20, ...input });
  const scanner = await openScanner(settings, { runFolder, places, log: (level, text) => lines.push(`${level} ${text}`) });
  return {
    scanner,
    runFolder,
    lines,
    async close() {
      await scanner.close();
      await rm(runFolder, { recursive: true, force: true });
    },
  };
}

/** Waits for something that another program does. The test's own time-out ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
