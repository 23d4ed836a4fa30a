// `todoku route ADDRESS --target ...`: where the mailbox of that address hands its mail, and the login of its relay.
import { readFileSync } from 'node:fs';
import { target as schema } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';
import { mailboxSecret } from '../station/onward-targets.js';
import type { CommandIo } from './io.js';
import { findAccount, withOffice } from './office.js';
import { targetOf } from './target.js';

type Options = Record<string, unknown>;

/** Whether the options say anything of a target. */
export function namesTarget(options: Options): boolean {
  return ['target', 'relaySecurity', 'relayUser', 'relayPasswordFile', 'relayPasswordCommand'].some((name) => options[name] !== undefined);
}

/** Secrets first. Durable when it resolves. Throws MailError `not-found` where no mailbox has this address, `usage`. */
export async function setMailboxTarget(address: string, options: Options, io: CommandIo): Promise<void> {
  await withOffice(io, async ({ settings, secrets }) => {
    const { accounts, routing } = settings.read();
    const box = routing.mailboxes.find((one) => one.address.toLowerCase() === address.toLowerCase());
    if (box === undefined)
      throw new MailError('not-found', `there is no mailbox ${address}; add it to the routes first`, false, { name: address });
    const parsed = schema.safeParse(targetOf(options, box.target));
    if (!parsed.success)
      throw new MailError('usage', `--target: ${parsed.error.issues[0]?.message ?? 'not a target'}`, false, { name: '--target' });
    const made = parsed.data.kind === 'imap' ? { ...parsed.data, account: findAccount(accounts, parsed.data.account).id } : parsed.data;
    if (made.kind === 'smtp' && made.login !== undefined && typeof options.relayPasswordFile === 'string') {
      const secret = readFileSync(options.relayPasswordFile, 'utf8').split(/\r?\n/, 1)[0] ?? '';
      await secrets.write(mailboxSecret({ ...made, user: made.login.user }), made.login.secret, secret, 'relay');
    }
    await settings.update((current) => ({
      ...current,
      routing: {
        ...current.routing,
        mailboxes: current.routing.mailboxes.map((one) => (one.address === box.address ? { ...one, target: made } : one)),
      },
    }));
  });
}
