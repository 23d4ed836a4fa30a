// A station's mail for tests: a data folder of its own, settings in memory, events recorded.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RemotePorts } from '../../electron/remote/fetch.js';
import { homePaths } from '../../electron/station/home.js';
import type { ImapLogin } from '../../electron/station/imap-mailboxes.js';
import { type Mail, openMail } from '../../electron/station/mail.js';
import { type CallInput, type CallName, type CallOutput, contract } from '../../shared/contract.js';
import { type SettingsInput, settings } from '../../shared/settings.js';

export interface TestMail {
  readonly mail: Mail;
  readonly root: string;
  /** Path of a Maildir below the mail folder: 'example.com/taro'. */
  maildir(name: string): string;
  readonly events: { readonly name: string; readonly body: unknown }[];
  readonly logged: string[];
  /** Changes the settings, as the station does. */
  configure(change: SettingsInput): Promise<void>;
  /** Through the contract's schema, as a window would. */
  call<Name extends CallName & keyof Mail['calls']>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Closes and opens again on the same folder. */
  reopen(): Promise<TestMail>;
  close(): Promise<void>;
}

export async function openTestMail(
  options: { root?: string; worker?: string | URL | null; settings?: SettingsInput; imap?: ImapLogin; network?: RemotePorts } = {},
): Promise<TestMail> {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'todoku-mail-'));
  const events: { name: string; body: unknown }[] = [];
  const logged: string[] = [];
  let current = settings.parse(options.settings ?? {});
  const mail = await openMail({
    home: homePaths(root),
    settings: {
      read: () => current,
      update: async (change) => {
        current = change(current);
        return current;
      },
    },
    log: (level, text) => void logged.push(`${level}: ${text}`),
    emit: (name, body) => void events.push({ name, body }),
    worker: options.worker ?? null,
    partsUrl: (id) => `/part/${id}`,
    ...(options.imap === undefined ? {} : { imap: options.imap }),
    ...(options.network === undefined ? {} : { network: options.network }),
  });
  return {
    mail,
    root,
    events,
    logged,
    async configure(change) {
      current = settings.parse(change);
      await mail.refresh();
    },
    maildir: (name) => join(root, 'mail', name),
    call: (name, input) => {
      const parsed = contract[name].input.parse(input);
      return (mail.calls[name] as (value: unknown) => Promise<never>)(parsed);
    },
    async reopen() {
      await mail.close();
      return openTestMail({ ...options, root });
    },
    async close() {
      await mail.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
