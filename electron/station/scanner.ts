// The scanner's and the signatures' part of the contract, and how the two are opened together. The window never
// names a path: what is scanned is what the station delivers into.
import { join } from 'node:path';
import type { ScannerState } from '../../shared/station.js';
import { openScanner, type Scanner } from '../scanner/scanner.js';
import { openSignatures, type Signatures } from '../scanner/signatures.js';
import type { Calls, Context } from './context.js';
import { type ScanPlacesOf, scanPlaces } from './scan-places.js';
import { openScans, type ScanCalls, type Scans } from './scans.js';

export interface Scanning {
  readonly scanner: Scanner;
  readonly signatures: Signatures;
  readonly scans: Scans;
  readonly places: ScanPlacesOf;
  /** Ends scans, freshclam and our own clamd. */
  close(): Promise<void>;
}

export type ScannerCalls = ScanCalls &
  Calls<
    'scanner.read' | 'scanner.test' | 'scanner.restart' | 'scanner.settings' | 'signatures.read' | 'signatures.update' | 'scanner.watch'
  >;

/** Where the station's own freshclam puts signatures when the system's folder is not its to write. */
export const ownSignatures = (root: string): string => join(root, 'signatures');

/** Scanner, signatures and the scan of mailboxes; emits `scanner.changed` and `status.changed` by itself. */
export async function openScanning(context: Context): Promise<Scanning> {
  const { home, settings, emit } = context;
  const own = ownSignatures(home.root);
  const log = context.log;
  const scanner = await openScanner(settings.read().scanner, { runFolder: home.run, signatures: own, log });
  const places = scanPlaces(context);
  const scans = openScans(context, scanner, places);
  const changed = () => {
    emit('scanner.changed', {});
    emit('status.changed', {});
  };
  scanner.onChange(changed);
  const onUpdate = () => useNewSignatures(context, scanner, scans);
  const signatures = await openSignatures({
    settings: settings.read,
    own,
    runFolder: home.run,
    logFolder: home.log,
    log,
    onChange: changed,
    onUpdate,
  });
  return {
    scanner,
    signatures,
    scans,
    places,
    async close() {
      await scans.close();
      await signatures.close();
      await scanner.close();
    },
  };
}

/** Loaded, the canary found, and then the mail that is here already is looked at again, slowly. */
async function useNewSignatures(context: Context, scanner: Scanner, scans: Scans): Promise<void> {
  await scanner.reload();
  context.log('info', 'new signatures are in use; the mailboxes are scanned again');
  await scans.scanMail();
}

export function scannerCalls(deps: Context & Omit<Scanning, 'close'>): ScannerCalls {
  const { scanner, signatures, scans } = deps;
  const after = async (work: Promise<void>): Promise<ScannerState> => {
    // What failed is in the state, which is what was asked for.
    await work.catch(() => {});
    deps.emit('scanner.changed', {});
    return scanner.state();
  };
  return {
    'scanner.read': async () => scanner.state(),
    'scanner.test': () => after(scanner.recheck()),
    'scanner.restart': () => after(scanner.restart()),
    async 'scanner.settings'(settings) {
      await deps.settings.update((current) => ({ ...current, scanner: settings }));
      return await after(scanner.configure(settings));
    },
    'signatures.read': () => signatures.refresh(),
    'signatures.update': () => signatures.update(),
    'scanner.watch': () => scanner.watch(),
    ...scans.calls,
  };
}
