// What is done to messages and folders on the server. Each resolves when the server has said OK, and throws MailError otherwise.
import { MailError } from '../../shared/error.js';
import { sequences } from './batches.js';
import type { Connection } from './connect.js';
import { flagsOfLetters } from './flags.js';
import { limits } from './limits.js';

/** UIDs as they were and as they are in the destination; null where the server does not say (no UIDPLUS). */
export interface Moved {
  readonly validity: string;
  readonly uids: ReadonlyMap<number, number>;
}

export async function store(connection: Connection, range: string, letter: string, on: boolean): Promise<void> {
  const flags = [...flagsOfLetters(letter)];
  const change = { uid: true, silent: true };
  await connection.demand('store', (client) =>
    on ? client.messageFlagsAdd(range, flags, change) : client.messageFlagsRemove(range, flags, change),
  );
}

/** In pieces: when one is refused, those before it stand, and the caller looks at the folders again. */
export async function transfer(connection: Connection, how: 'move' | 'copy', uids: readonly number[], to: string): Promise<Moved | null> {
  const moved = new Map<number, number>();
  let validity: string | null = null;
  // Without MOVE (RFC 6851) the package copies, marks and expunges; without UIDPLUS that could expunge what others have marked.
  if (how === 'move' && !connection.client.capabilities.has('MOVE')) await refuseOthers(connection, uids);
  for (const range of sequences(uids, limits.uids)) {
    const answer = await connection.demand(how, (client) =>
      how === 'move' ? client.messageMove(range, to, { uid: true }) : client.messageCopy(range, to, { uid: true }),
    );
    if (answer.uidValidity !== undefined) validity = String(answer.uidValidity);
    for (const [from, now] of answer.uidMap ?? []) moved.set(from, now);
  }
  return validity === null ? null : { validity, uids: moved };
}

export async function remove(connection: Connection, uids: readonly number[]): Promise<void> {
  await refuseOthers(connection, uids);
  for (const range of sequences(uids, limits.uids))
    await connection.demand('expunge', (client) => client.messageDelete(range, { uid: true }));
}

/** Without UIDPLUS (RFC 4315) EXPUNGE removes whatever is marked, also by another client. */
async function refuseOthers(connection: Connection, uids: readonly number[]): Promise<void> {
  if (connection.client.capabilities.has('UIDPLUS')) return;
  const marked = await connection.demand('expunge', (client) => client.search({ deleted: true }, { uid: true }));
  const ours = new Set(uids);
  if (marked.some((uid) => !ours.has(uid)))
    throw new MailError('conflict', 'another program has marked messages as deleted, and this server cannot delete only ours', true);
}

export async function append(connection: Connection, path: string, message: Buffer, letters: string, received: Date) {
  const answer = await connection.demand('append', (client) => client.append(path, message, [...flagsOfLetters(letters)], received));
  const { uid, uidValidity } = answer;
  return uid === undefined || uidValidity === undefined ? null : { uid, validity: String(uidValidity) };
}

/** '/' is our sign between levels; the server has its own. */
function onServer(connection: Connection, name: string): string {
  const { namespace } = connection.client;
  const sign = namespace?.delimiter || '/';
  const prefix = namespace?.prefix || '';
  if (sign !== '/' && name.split('/').some((level) => level.includes(sign)))
    throw new MailError('usage', `a folder of this server cannot have "${sign}" in its name`, false, { name });
  const path = name.replaceAll('/', sign);
  return path.startsWith(prefix) ? path : prefix + path;
}

export async function create(connection: Connection, name: string): Promise<void> {
  const path = onServer(connection, name);
  const { created } = await connection.demand('mailbox', (client) => client.mailboxCreate(path));
  if (!created) throw new MailError('conflict', `there is a folder ${name} already`, false, { name });
  await connection.ask('mailbox', (client) => client.mailboxSubscribe(path));
}

export async function rename(connection: Connection, from: string, name: string): Promise<void> {
  const to = onServer(connection, name);
  await leave(connection);
  await connection.demand('mailbox', (client) => client.mailboxRename(from, to));
  await connection.ask('mailbox', (client) => client.mailboxUnsubscribe(from));
  await connection.ask('mailbox', (client) => client.mailboxSubscribe(to));
}

export async function removeFolder(connection: Connection, path: string): Promise<void> {
  await leave(connection);
  await connection.demand('mailbox', (client) => client.mailboxDelete(path));
  await connection.ask('mailbox', (client) => client.mailboxUnsubscribe(path));
}

export async function subscribe(connection: Connection, path: string, on: boolean): Promise<void> {
  await connection.demand('mailbox', (client) => (on ? client.mailboxSubscribe(path) : client.mailboxUnsubscribe(path)));
}

/** Some servers do not rename or delete a folder that is selected. */
async function leave(connection: Connection): Promise<void> {
  if (connection.client.mailbox !== false) await connection.ask('mailbox', (client) => client.mailboxClose());
}
