// A draft on disk: a whole message in the mailbox's Drafts, which any program can read. What a message cannot say (half an
// address, which message it answers) is in X-Todoku-Draft; its delivery key is made of the draft's id.
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type ComposeContent, composeContent } from '../../shared/compose.js';
import { listMessages } from '../maildir/list.js';
import { removeMessage } from '../maildir/move.js';
import { parseName } from '../maildir/names.js';
import type { Place } from '../message/compose-thread.js';
import { firstField, type HeaderField } from '../message/headers.js';
import { readBeginning } from '../message/view-raw.js';
import type { Mark } from './outbox-rows.js';

export interface DraftState {
  readonly id: string;
  /** Counts its savings: of two files of one draft the higher one is the draft. */
  readonly revision: number;
  readonly messageId: string;
  readonly mark: Mark | null;
  readonly place: Omit<Place, 'subject'>;
  readonly content: Omit<ComposeContent, 'text' | 'files'>;
  /** Ids of its attachments, in the message's order: a window that stays open over a restart knows them by these. */
  readonly files: readonly string[];
}

/** Octets of a draft's header that are read. */
const headerOctets = 1_048_576;

export function draftKey(id: string): string {
  return createHash('sha256').update(`draft\0${id}`).digest('hex').slice(0, 32);
}

/** In pieces that can be folded. */
export function draftField(state: DraftState): string {
  return (
    Buffer.from(JSON.stringify(state))
      .toString('base64')
      .match(/.{1,70}/g) ?? []
  ).join(' ');
}

/** They name folders and files (run/, outbox/), and a header may say anything. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);

/** null: another program's draft, or one that was never one. `base` is the file's name: only our own drafts carry their key there. */
export function readDraftField(fields: readonly HeaderField[], base: string): DraftState | null {
  try {
    const value = JSON.parse(Buffer.from(firstField(fields, 'x-todoku-draft') ?? '', 'base64').toString()) as DraftState;
    const content = composeContent.omit({ text: true, files: true }).parse(value.content);
    const { id, messageId, revision, place, files = [] } = value;
    const known = isId(id) && parseName(base).key === draftKey(id) && typeof messageId === 'string' && Number.isInteger(revision);
    return known && Array.isArray(place.references) && files.every(isId) ? { ...value, content, files } : null;
  } catch {
    return null;
  }
}

async function stateOf(path: string): Promise<DraftState | null> {
  return readBeginning(path, headerOctets).then(
    ({ fields }) => readDraftField(fields, basename(path)),
    () => null,
  );
}

/** The newest file of a draft, 'cur/NAME'; null: there is none. */
export async function findDraft(folder: string, id: string): Promise<string | null> {
  const mine = await draftsIn(folder);
  return newest(mine.filter(({ state }) => state.id === id))?.file ?? null;
}

interface Found {
  readonly file: string;
  readonly state: DraftState;
}

/** Those that carry our field and its key. */
async function draftsIn(folder: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { file, base } of await listMessages(folder)) {
    const state = parseName(base).key === null ? null : await stateOf(join(folder, file));
    if (state !== null) found.push({ file, state });
  }
  return found;
}

function newest(found: readonly Found[]): Found | undefined {
  return [...found].sort((one, other) => other.state.revision - one.state.revision)[0];
}

/**
 * What a crash left: the older files of a draft whose new one is there, and drafts that are in the outbox. Resolves to how many
 * went.
 */
export async function sweepDrafts(folder: string, queued: (id: string) => boolean): Promise<number> {
  const found = await draftsIn(folder);
  const stays = (one: Found) => !queued(one.state.id) && newest(found.filter(({ state }) => state.id === one.state.id)) === one;
  const gone = found.filter((one) => !stays(one));
  for (const { file } of gone) await removeMessage(folder, file);
  return gone.length;
}
