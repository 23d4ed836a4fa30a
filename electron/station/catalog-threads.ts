// Threads: messages that name each other in References or In-Reply-To are one. Each Message-ID that was ever named
// belongs to a thread; a message that names ids of several joins them. The result does not depend on the order of arrival.
import { createHash } from 'node:crypto';
import type { MessageHead } from '../message/envelope.js';
import type { CatalogDatabase } from './catalog-schema.js';

export type ThreadOf = (head: Pick<MessageHead, 'messageId' | 'references'>) => number;

/** Must run inside the transaction that inserts the message. */
export function threadFinder(db: CatalogDatabase): ThreadOf {
  const find = db.prepare('SELECT DISTINCT thread FROM link WHERE identifier IN (SELECT value FROM json_each(?))');
  const add = db.prepare('INSERT OR IGNORE INTO link (identifier, thread) SELECT value, ? FROM json_each(?)');
  const next = db.prepare('SELECT max((SELECT coalesce(max(thread), 0) FROM message), (SELECT coalesce(max(thread), 0) FROM link)) AS top');
  const joinMessages = db.prepare('UPDATE message SET thread = ? WHERE thread = ?');
  const joinLinks = db.prepare('UPDATE link SET thread = ? WHERE thread = ?');
  const fresh = () => (next.get() as { top: number }).top + 1;
  return ({ messageId, references }) => {
    const identifiers = [...new Set([...references, ...(messageId === null ? [] : [messageId])])];
    if (identifiers.length === 0) return fresh();
    const json = JSON.stringify(identifiers);
    const found = (find.all(json) as { thread: number }[]).map(({ thread }) => thread).sort((a, b) => a - b);
    const thread = found[0] ?? fresh();
    for (const other of found.slice(1)) {
      joinMessages.run(thread, other);
      joinLinks.run(thread, other);
    }
    add.run(thread, json);
    return thread;
  };
}

const replyMark = /^\s*(?:(?:re|fwd?|aw|wg|sv|vs|antw|返信|転送)(?:\[\d+\]|\^\d+)?\s*[:：]|\[[^\]]{1,40}\])\s*/i;

/** The subject without its Re:, Fwd: and [list] marks. */
export function bareSubject(subject: string): string {
  let bare = subject.normalize('NFKC');
  for (let marks = 0; marks < 20; marks += 1) {
    const shorter = bare.replace(replyMark, '');
    if (shorter === bare) break;
    bare = shorter;
  }
  return bare.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** A number for the subject; 0 where there is none (such messages stay alone). 48 bits of a hash. */
export function topicOf(subject: string): number {
  const bare = bareSubject(subject);
  return bare === '' ? 0 : createHash('sha1').update(bare).digest().readUIntBE(0, 6);
}
