// `todoku backup` and `todoku restore`: settings and all mail as one tar, verified.
import { existsSync } from 'node:fs';
import { MailError } from '../../shared/error.js';
import { writeBackup } from '../station/backup-write.js';
import { restoreBackup } from '../station/restore.js';
import type { CommandIo } from './io.js';
import { withOffice, withSettings } from './office.js';

type Options = Record<string, unknown>;

/** Without the lock: a running station may go on. Throws MailError `not-writable` where the file is there already. */
export async function backupCommand(path: string, options: Options, io: CommandIo): Promise<number> {
  if (existsSync(path)) throw new MailError('not-writable', `${path} is there already`, false, { path, said: 'EEXIST' });
  return withSettings(io, async ({ home, settings }) => {
    const plan = { home, settings: settings.read(), secrets: options.secrets === true, mail: options.mail !== false };
    const made = await writeBackup(plan, path);
    io.out(io.json ? JSON.stringify(made) : words[io.language].saved(made.messages, made.path));
    return 0;
  });
}

/** With the lock: no station may run. */
export async function restoreCommand(path: string, options: Options, io: CommandIo): Promise<number> {
  return withOffice(io, async ({ home, settings }) => {
    const plan = { home, settings, withSettings: options.settings !== false, withMail: options.mail !== false };
    const restored = await restoreBackup(plan, path);
    if (io.json) io.out(JSON.stringify(restored));
    else for (const line of words[io.language].restored(restored)) io.out(line);
    return 0;
  });
}

type Restored = Awaited<ReturnType<typeof restoreBackup>>;

const words = {
  en: {
    saved: (messages: number, path: string) => `${messages} messages and the settings saved and verified: ${path}`,
    restored: ({ messages, present, settings, secrets, aside }: Restored) => [
      `${messages} messages restored, ${present} were here already`,
      ...(settings ? [`settings restored, with ${secrets} passwords`] : []),
      ...(aside === null ? [] : [`the settings that were here: ${aside}`]),
    ],
  },
  ja: {
    saved: (messages: number, path: string) => `メール ${messages} 通と設定を保存し、確認しました：${path}`,
    restored: ({ messages, present, settings, secrets, aside }: Restored) => [
      `メール ${messages} 通を復元しました。${present} 通はすでにありました`,
      ...(settings ? [`設定を復元しました（パスワード ${secrets} 件）`] : []),
      ...(aside === null ? [] : [`元の設定：${aside}`]),
    ],
  },
};
