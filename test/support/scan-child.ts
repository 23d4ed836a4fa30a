// `todoku scan` without the rest of the command, so that it can run as another user: SOCKET, options as JSON, paths.
import { scanCommand } from '../../electron/command/scan.js';
import { openScanner } from '../../electron/scanner/scanner.js';
import { scannerSettings } from '../../shared/settings.js';
import { nowhere } from './places.js';

const [socket = '', options = '{}', runFolder = '', ...paths] = process.argv.slice(2);
const settings = scannerSettings.parse({ clamd: `unix:${socket}` });
const scanner = await openScanner(settings, { runFolder, places: nowhere, log: () => {} });
process.exitCode = await scanCommand(paths, JSON.parse(options), scanner, {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  stdin: process.stdin,
  home: '',
  json: true,
  verbose: false,
  language: 'en',
});
await scanner.close();
