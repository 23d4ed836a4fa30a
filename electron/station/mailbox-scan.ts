// The scan of the station's own mailboxes: asked for in the window, or after new signatures have come.
import { isAbsolute } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { ScanProgress } from '../../shared/station.js';
import { type FolderScan, startFolderScan } from '../scanner/folder.js';
import type { FileScanner } from '../scanner/folder-file.js';
import type { Context } from './context.js';

export interface MailboxScan {
  progress(): ScanProgress | null;
  /** Throws MailError `conflict` while one runs. */
  start(exclude: readonly string[]): ScanProgress;
  /** Throws MailError `not-found` when none was started. */
  control(action: 'pause' | 'resume' | 'cancel'): ScanProgress;
  running(): boolean;
  close(): Promise<void>;
}

/** Milliseconds between two events of one scan. */
const progressEvery = 200;

export function mailboxScan(context: Context, scanner: FileScanner): MailboxScan {
  let scan: FolderScan | null = null;
  const running = () => scan !== null && ['counting', 'scanning', 'paused'].includes(scan.progress().state);
  return {
    running,
    progress: () => scan?.progress() ?? null,
    start(exclude) {
      if (running()) throw new MailError('conflict', 'the mailboxes are being scanned already', false);
      scan = begin(context, scanner, exclude);
      return scan.progress();
    },
    control(action) {
      if (scan === null) throw new MailError('not-found', 'no scan was started', false);
      scan[action]();
      return scan.progress();
    },
    async close() {
      scan?.cancel();
      await scan?.done;
    },
  };
}

function begin(context: Context, scanner: FileScanner, exclude: readonly string[]): FolderScan {
  let told = 0;
  let lastState = '';
  const elsewhere = context.settings
    .read()
    .routing.mailboxes.map(({ path }) => path)
    .filter((path) => isAbsolute(path));
  return startFolderScan([context.home.mail, ...new Set(elsewhere)], {
    id: `scan-${Date.now()}`,
    scanner,
    // Not messages: what Dovecot and we keep beside them, and what is still being written.
    exclude: ['dovecot*', 'subscriptions', 'maildirfolder', '**/tmp', ...exclude],
    allMatch: false,
    followLinks: false,
    mail: 'always',
    disposal: { kind: 'none' },
    // One at a time: new mail goes first.
    parallel: 1,
    onFile: (path, verdict) => {
      if (verdict.kind === 'infected') context.log('warn', `scan of the mailboxes: ${path}: ${verdict.signatures.join(', ')}`);
    },
    onProgress: (progress) => {
      if (progress.state === lastState && Date.now() - told < progressEvery) return;
      told = Date.now();
      lastState = progress.state;
      context.emit('scan.progress', progress);
    },
  });
}
