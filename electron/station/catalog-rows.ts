// Rows of the catalog: what is written for a message, and how a row becomes an Envelope.
import type { Address, Envelope } from '../../shared/message.js';
import type { VerdictKind } from '../../shared/verdict.js';
import type { IndexedMessage } from '../message/text.js';
import { bitsOf, flagsOf } from './catalog-flags.js';
import type { CatalogDatabase } from './catalog-schema.js';
import { type ThreadOf, topicOf } from './catalog-threads.js';

/** Where a message lies: its folder's row, and its file there ('cur/NAME'). */
export interface Place {
  readonly folder: number;
  readonly file: string;
  readonly base: string;
  readonly flags: string;
}

export interface Row {
  readonly id: number;
  readonly folder: number;
  readonly folderKey: string;
  readonly base: string;
  readonly place: string;
  readonly info: string;
  readonly people: string;
  readonly subject: string;
  readonly preview: string;
  readonly date: number | null;
  readonly received: number;
  readonly octets: number;
  readonly flags: number;
  readonly attachments: number;
  readonly verdict: string;
  readonly identifier: string | null;
  readonly thread: number;
  readonly topic: number;
  readonly bounce: number;
}
export const rowColumns = `m.id, m.folder, f.key AS folderKey, m.base, m.place, m.info, m.people, m.subject, m.preview, m.date, m.received, m.octets,
  m.flags, m.attachments, m.verdict, m.identifier, m.thread, m.topic, m.bounce`;

/** Addresses kept in a row; all of them are searched. */
const shown = 20;
/** Milliseconds that a Date header may lie after the arrival and still be believed for the order of the list. */
const clockSkew = 86_400_000;

/** 'new/NAME' or 'cur/NAME' as place, and what follows the base. */
export function splitFile(file: string, base: string): { readonly place: string; readonly info: string } {
  return { place: file.slice(0, 3), info: file.slice(4 + base.length) };
}
export function joinFile(row: Pick<Row, 'place' | 'base' | 'info'>): string {
  return `${row.place}/${row.base}${row.info}`;
}

function people(list: readonly Address[]): readonly (readonly [string, string])[] {
  return list.slice(0, shown).map(({ name, address }) => [name.slice(0, 200), address.slice(0, 320)]);
}

/** The list is ordered by Date, but not by one from the future. */
function orderTime(date: number | null, received: number): number {
  return date === null || date > received + clockSkew ? received : date;
}

export type InsertMessage = (place: Place, message: IndexedMessage) => number;

/** Must run inside a transaction, for a message that is not there yet. */
export function messageInserter(db: CatalogDatabase, threadOf: ThreadOf): InsertMessage {
  const insert =
    db.prepare(`INSERT INTO message (folder, base, place, info, people, sender, subject, preview, at, date, received, octets, flags,
    attachments, verdict, class, identifier, thread, topic, bounce) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`);
  const reports = db.prepare('INSERT INTO report (message, text) VALUES (?,?)');
  const words = db.prepare('INSERT INTO words (rowid, sender, recipients, subject, body, names) VALUES (?,?,?,?,?,?)');
  return ({ folder, file, base, flags }, { head, preview, received, octets, attachments, report, words: text }) => {
    const { place, info } = splitFile(file, base);
    const [first] = head.from;
    const sender = (first?.name || first?.address || '').toLowerCase().slice(0, 100);
    const row = insert.run(
      folder,
      base,
      place,
      info,
      JSON.stringify([people(head.from), people(head.to)]),
      sender,
      head.subject.slice(0, 1000),
      preview,
      orderTime(head.date, received),
      head.date,
      received,
      octets,
      bitsOf(flags),
      attachments,
      head.verdict.kind,
      head.verdict.kind === 'suspicious' ? head.verdict.class : null,
      head.messageId,
      threadOf(head),
      topicOf(head.subject),
      head.bounce ? 1 : 0,
    );
    const id = Number(row.lastInsertRowid);
    if (report !== null) reports.run(id, JSON.stringify(report));
    words.run(id, text.from, text.to, text.subject, text.body, text.names);
    return id;
  };
}

const addresses = (list: readonly (readonly [string, string])[] | undefined): readonly Address[] =>
  (list ?? []).map(([name, address]) => ({ name, address }));

const iso = (time: number | null) => {
  if (time === null) return null;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

export type ThreadMode = 'references' | 'subject' | 'flat';

/** What groups messages: `r12` by references, `s345` by subject; a message without subject stays by references. */
export function threadKey(row: Pick<Row, 'thread' | 'topic'>, mode: ThreadMode): string {
  return mode === 'subject' && row.topic !== 0 ? `s${row.topic}` : `r${row.thread}`;
}

export function envelopeOf(epoch: string, row: Row, mode: ThreadMode, threadCount: number): Envelope {
  const [from, to] = JSON.parse(row.people) as (readonly (readonly [string, string])[])[];
  return {
    id: `${epoch}.${row.id}`,
    folder: row.folderKey,
    from: addresses(from),
    to: addresses(to),
    subject: row.subject,
    preview: row.preview,
    date: iso(row.date),
    received: iso(row.received) ?? new Date(0).toISOString(),
    octets: row.octets,
    flags: flagsOf(row.flags),
    attachments: row.attachments,
    verdict: row.verdict as VerdictKind,
    messageId: row.identifier,
    thread: threadKey(row, mode),
    threadCount,
    bounce: row.bounce !== 0,
  };
}
