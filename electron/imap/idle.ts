// Waits in one folder for what happens there (RFC 2177): its own connection, which asks for nothing else. Servers without
// IDLE are asked every two minutes.
import { connect, type ImapOptions } from './connect.js';

export interface Watch {
  close(): void;
}

/** `onChange`: something came, went or was marked; more may follow at once. Its end is told by `onClosed`. Throws MailError. */
export async function openWatch(options: ImapOptions & { readonly folder: string; readonly onChange: () => void }): Promise<Watch> {
  const connection = await connect({ ...options, lasting: true });
  try {
    await connection.demand('select', (client) => client.mailboxOpen(options.folder, { readOnly: true }));
  } catch (error) {
    connection.close();
    throw error;
  }
  const { client } = connection;
  for (const event of ['exists', 'expunge', 'flags'] as const) client.on(event, options.onChange);
  const wait = async () => {
    while (client.usable) await connection.ask('idle', () => client.idle());
  };
  wait().catch(() => connection.close());
  return { close: () => connection.close() };
}
