// A station reduced to its scanner, to be killed: opens our own clamd in the folder given, says its pid, stays.
import { openScanner } from '../../electron/scanner/scanner.js';
import { scannerSettings } from '../../shared/settings.js';
import { nowhere } from './places.js';

const [runFolder = '', database = ''] = process.argv.slice(2);
const scanner = await openScanner(scannerSettings.parse({ database }), { runFolder, places: nowhere, log: () => {} });
await scanner.ready();
console.log(JSON.stringify({ clamd: scanner.state().pid }));
setInterval(() => {}, 1000);
