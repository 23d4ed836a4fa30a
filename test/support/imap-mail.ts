// A station's mail over an account of a real Dovecot, shown as a mailbox; and a second client on the same account.
import type { ImapOptions } from '../../electron/imap/connect.js';
import type { ImapLogin } from '../../electron/station/imap-mailboxes.js';
import type { SettingsInput } from '../../shared/settings.js';

export const password = 'S3cret words';

export function imapOptions(port: number, user: string): ImapOptions {
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    user,
    secret: password,
    auth: 'auto',
    timeoutSeconds: 20,
    pin: null,
    pinnedPem: null,
  };
}

/** Reconnects at once: a test waits for states, not for times. */
export const login = (more: Partial<ImapLogin> = {}): ImapLogin => ({
  options: async ({ port, user }) => imapOptions(port, user),
  times: { retry: [50], look: 300_000 },
  ...more,
});

export function shownAccounts(port: number, ...users: readonly string[]): SettingsInput {
  const accounts = users.map((user) => ({
    id: user,
    name: user,
    protocol: 'imap' as const,
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    user,
    source: false,
    drop: { kind: 'singledrop' as const, to: [`${user}@a.example`] },
  }));
  return { accounts };
}
