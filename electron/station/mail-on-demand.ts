// Mail reading, opened when it is first wanted: a command that polls once never pays for the catalog.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName } from '../../shared/contract.js';
import type { HeaderLine } from '../../shared/message.js';
import { headerLines, readHeaders } from '../message/headers.js';
import { type MessageReader, openReader } from './catalog-reader.js';
import type { Context, OpenStation, Part } from './context.js';
import type { ImapLogin } from './imap-mailboxes.js';
import { type Mail, type MailCalls, openMail } from './mail.js';
import type { QuarantineDeps } from './quarantine.js';

export interface MailOnDemand {
  readonly calls: MailCalls;
  readonly quarantine: Pick<QuarantineDeps, 'decode' | 'preview' | 'released'>;
  /** Opens now, without waiting. */
  open(): void;
  /** The catalog learns of a delivered file, if it is open; else it finds it at the next start. */
  arrived(path: string): void;
  part(message: string, part: string): Promise<Part>;
  remote(message: string, url: string): Promise<Part>;
  reader(): Promise<Mail>;
  /** Accounts may have come, gone or changed; a catalog that is not open finds them when it is. */
  refresh(): void;
  wake(): void;
  remoteState(account: string): ReturnType<Mail['remoteState']>;
  unread(): number;
  indexing(): ReturnType<Mail['indexing']>;
  close(): Promise<void>;
}

const names: readonly (keyof MailCalls & CallName)[] = [
  'mailbox.list',
  'folder.create',
  'folder.rename',
  'folder.remove',
  'folder.subscribe',
  'message.list',
  'message.thread',
  'message.open',
  'message.flag',
  'message.move',
  'message.copy',
  'message.remove',
  'message.images',
  'message.card',
];

/** The built worker, beside the bundle that runs; null where the sources run (tests): messages are then read in this thread. */
function workerScript(): string | null {
  const candidates = [join(import.meta.dirname, 'worker.js'), join(import.meta.dirname, '..', 'worker.js')];
  return candidates.find((path) => existsSync(path)) ?? null;
}

export function openMailOnDemand(context: Context, options: OpenStation, imap: ImapLogin | null = null): MailOnDemand {
  let opening: Promise<Mail> | null = null;
  let opened: Mail | null = null;
  const partsUrl = options.partsUrl ?? ((id: string) => `/part/${encodeURIComponent(id)}`);
  const reader = () => {
    opening ??= openMail({ ...context, worker: workerScript(), partsUrl, ...(imap === null ? {} : { imap }) }).then((mail) => {
      opened = mail;
      context.emit('status.changed', {});
      return mail;
    });
    return opening;
  };
  // Of its own: a held message that kills its thread takes nothing else with it.
  let quarantineReader: MessageReader | null = null;
  const calls = Object.fromEntries(
    names.map((name) => [name, async (input: never) => (await reader()).calls[name](input)]),
  ) as unknown as MailCalls;
  return {
    calls,
    quarantine: {
      decode: decodeHeader,
      async preview(path) {
        quarantineReader ??= openReader(workerScript());
        const { text, attachments } = await quarantineReader.view({ path, charset: null });
        return { text, attachments };
      },
      released: () => null,
    },
    open: () => void reader().catch((error: unknown) => context.log('error', `the catalog cannot be opened: ${(error as Error).message}`)),
    arrived: (path) =>
      void opened?.arrived(path).catch((error: unknown) => context.log('warn', `not indexed yet: ${path}: ${(error as Error).message}`)),
    part: async (message, part) => (await reader()).openPart(message, part),
    remote: async (message, url) => (await reader()).images.open(message, url),
    reader,
    refresh: () =>
      void opened?.refresh().catch((error: unknown) => context.log('warn', `mailboxes were not read again: ${(error as Error).message}`)),
    wake: () => opened?.wake(),
    remoteState: (account) => opened?.remoteState(account) ?? null,
    unread: () => opened?.unread() ?? 0,
    indexing: () => opened?.indexing() ?? null,
    async close() {
      await quarantineReader?.close();
      await (await opening)?.close();
    },
  };
}

function decodeHeader(header: Buffer): {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly headers: readonly HeaderLine[];
} {
  const headers = headerLines(readHeaders(header));
  const value = (name: string) => headers.find((line) => line.name.toLowerCase() === name)?.value ?? '';
  return { from: value('from'), to: value('to'), subject: value('subject'), headers };
}
