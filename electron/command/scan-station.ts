// `todoku scan`, with the scanner that the settings name: a clamd that runs, or our own for as long as this takes.
import { openScanner } from '../scanner/scanner.js';
import { makeHome } from '../station/home.js';
import { ownSignatures } from '../station/scanner.js';
import type { CommandIo } from './io.js';
import { withSettings } from './office.js';
import { type ScanCommandOptions, scanCommand } from './scan.js';

export async function scanPaths(paths: readonly string[], options: ScanCommandOptions, io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings }) => {
    const home = await makeHome(io.home);
    const log = (level: string, text: string) => {
      if (io.verbose || level === 'error') io.err(`scan: ${text}`);
    };
    const scanner = await openScanner(settings.read().scanner, { runFolder: home.run, signatures: ownSignatures(home.root), log });
    try {
      return await scanCommand(paths, options, scanner, io);
    } finally {
      await scanner.close();
    }
  });
}
