// `todoku route --account NAME`: where each message that lies on the server would go. Nothing is fetched, marked or deleted.
import { hostname } from 'node:os';
import type { Rehearsal, RehearsedMessage } from '../../shared/route.js';
import { rehearse } from '../station/rehearsal.js';
import type { CommandIo } from './io.js';
import { printable } from './messages.js';
import { findAccount, withSettings } from './office.js';

/** 0 whatever the answer is. Throws what connecting throws. */
export async function rehearseCommand(name: string, limit: number, io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings, secrets, home }) => {
    const account = findAccount(settings.read().accounts, name);
    const router = { settings: settings.read, mailFolder: home.mail, host: hostname() };
    const found = await rehearse({ router, secrets }, account, await secrets.read(account.id, account.secret), limit);
    if (io.json) io.out(JSON.stringify(found));
    else for (const line of linesOf(found, io.language)) io.out(printable(line));
    return 0;
  });
}

const words = {
  en: {
    of: (shown: number, all: number) => `${shown} of ${all} messages; nothing was fetched`,
    to: 'to',
    relay: 'to the relay',
    refused: 'refused',
  },
  ja: {
    of: (shown: number, all: number) => `${all} 通のうち ${shown} 通。何も受信していません`,
    to: '配送先',
    relay: '中継先',
    refused: '拒否',
  },
} as const;

function linesOf({ messages, rows }: Rehearsal, language: 'en' | 'ja'): readonly string[] {
  return [words[language].of(rows.length, messages), ...rows.flatMap((row) => rowLines(row, language))];
}

function rowLines(row: RehearsedMessage, language: 'en' | 'ja'): readonly string[] {
  const said = words[language];
  return [
    `${row.uidl}  ${row.octets}  ${row.from}  ${row.subject}`,
    ...(row.by === '' ? [] : [`  (${row.drop}) ${row.by}`]),
    ...row.targets.map((target) =>
      'relay' in target ? `  ${said.relay}: ${target.relay}` : `  ${said.to}: ${target.mailbox}  ${target.path}`,
    ),
    ...row.refusals.map(({ address, text }) => `  ${said.refused}: ${address}: ${text}`),
  ];
}
