// The scans of a station: one of its mail (asked for, or after new signatures, one file at a time so that new mail goes
// first), and one of files and folders that the person chose.
import { MailError } from '../../shared/error.js';
import type { ScanProgress } from '../../shared/scan.js';
import { type FolderScan, startFolderScan } from '../scanner/folder.js';
import type { FileScanner } from '../scanner/folder-file.js';
import type { DisposalOf } from '../scanner/folder-lists.js';
import type { Calls, Context } from './context.js';
import { holder } from './quarantine-hold.js';
import { type KnownPlace, publicPlace, type ScanPlacesOf } from './scan-places.js';

export type ScanCalls = Calls<'scan.places' | 'scan.choose' | 'scan.start' | 'scan.read' | 'scan.control' | 'scan.list' | 'scan.settle'>;

export interface Scans {
  readonly calls: ScanCalls;
  /** The mail, unless it is being scanned already. */
  scanMail(): Promise<void>;
  close(): Promise<void>;
}

interface Plan {
  readonly exclude: readonly string[];
  readonly followLinks: boolean;
  readonly otherDevices: boolean;
}
const plain: Plan = { exclude: [], followLinks: false, otherDevices: true };

/** Milliseconds between two events of one scan. */
const progressEvery = 200;
/** Not messages: what Dovecot and we keep beside them, and what is still being written. */
const notMail = ['dovecot*', 'subscriptions', 'maildirfolder', '**/tmp'];
const filesAtOnce = 3;

const isMail = ({ kind }: KnownPlace) => kind === 'all-mail' || kind === 'mailbox';

export function openScans(context: Context, scanner: FileScanner, places: ScanPlacesOf): Scans {
  const slots = new Map<ScanProgress['kind'], FolderScan>();
  let count = 0;
  const running = (kind: ScanProgress['kind']) => ['counting', 'scanning', 'paused'].includes(slots.get(kind)?.progress().state ?? '');
  const start = (chosen: readonly KnownPlace[], plan: Plan): ScanProgress => {
    const kind = chosen.every(isMail) ? 'mail' : 'files';
    if (running(kind)) throw new MailError('conflict', 'a scan is under way already', false);
    count += 1;
    const scan = begin(context, scanner, `${kind}-${count}`, kind, chosen, plan);
    slots.set(kind, scan);
    return scan.progress();
  };
  const find = (id: string): FolderScan => {
    const scan = [...slots.values()].find((one) => one.progress().id === id);
    if (scan === undefined) throw new MailError('not-found', 'that scan is not known any more', false, { name: id });
    return scan;
  };
  const hold = holder(context);
  const disposalOf = async (how: 'move' | 'copy' | 'remove' | 'quarantine', to: string | null): Promise<DisposalOf> => {
    if (how === 'quarantine') return (verdict) => ({ kind: 'hold', into: (path) => hold(path, verdict) });
    if (how === 'remove') return () => ({ kind: 'remove' });
    const [place] = to === null ? [] : await places.find([to]);
    if (place?.kind !== 'folder') throw new MailError('usage', 'choose the folder to put them into', false);
    const folder = place.paths[0] ?? '';
    return () => ({ kind: how, folder });
  };
  return {
    calls: {
      'scan.places': async () => ({ dialog: false, places: (await places.list()).map(publicPlace) }),
      'scan.choose': async () => {
        throw new MailError('forbidden', 'this window has no dialog for folders of the machine', false);
      },
      'scan.start': async ({ places: ids, ...plan }) => start(await places.find(ids), plan),
      'scan.read': async () => ({ mail: slots.get('mail')?.progress() ?? null, files: slots.get('files')?.progress() ?? null }),
      async 'scan.control'({ scan: id, action }) {
        const scan = find(id);
        scan[action]();
        return scan.progress();
      },
      'scan.list': async ({ scan, list, offset, limit }) => find(scan).list(list, offset, limit),
      async 'scan.settle'({ scan: id, lines, how, to }) {
        const scan = find(id);
        if ((how === 'quarantine') !== (scan.progress().kind === 'mail'))
          throw new MailError('usage', 'messages are put into the quarantine, and files are moved, copied or removed', false);
        const settled = await scan.settle(lines, await disposalOf(how, to));
        for (const { path, fate, failure } of settled) context.log('info', `scan: ${path}: ${failure ?? fate ?? 'left'}`);
        context.emit('scan.progress', scan.progress());
        return { total: settled.length, lines: settled };
      },
    },
    async scanMail() {
      if (!running('mail')) start(await places.find(['mail']), plain);
    },
    async close() {
      for (const scan of slots.values()) scan.cancel();
      await Promise.all([...slots.values()].map(({ done }) => done));
    },
  };
}

function begin(
  context: Context,
  scanner: FileScanner,
  id: string,
  kind: ScanProgress['kind'],
  chosen: readonly KnownPlace[],
  plan: Plan,
): FolderScan {
  let told = 0;
  let lastState = '';
  return startFolderScan(
    chosen.flatMap(({ paths }) => paths),
    {
      ...plan,
      id,
      kind,
      scanner,
      where: chosen.map(({ shown }) => shown),
      exclude: [...(kind === 'mail' ? notMail : []), ...plan.exclude],
      allMatch: false,
      mail: kind === 'mail' ? 'always' : 'auto',
      disposal: { kind: 'none' },
      parallel: kind === 'mail' ? 1 : filesAtOnce,
      onFile: (path, verdict) => {
        if (verdict.kind === 'infected') context.log('warn', `scan: ${path}: ${verdict.signatures.join(', ')}`);
      },
      onProgress: (progress) => {
        if (progress.state === lastState && Date.now() - told < progressEvery) return;
        told = Date.now();
        lastState = progress.state;
        context.emit('scan.progress', progress);
      },
    },
  );
}
