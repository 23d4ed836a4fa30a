// The message that is being written. Every change is saved as a draft two seconds after it, at the latest when the screen is
// left; what the station has not confirmed yet is said.
import type { ComposeContent, ComposeDraft, ComposeFile, ComposeKind } from '../../shared/compose.js';
import { type Failure, toFailure } from '../../shared/error.js';
import { call, on } from './link.js';
import { go } from './place.js';
import { language } from './settings.js';
import { createStore } from './store.js';
import { act } from './trouble.js';

export interface Writing {
  readonly draft: ComposeDraft;
  readonly content: ComposeContent;
  /** All that were attached, also those that were taken off again. */
  readonly files: readonly ComposeFile[];
  /** Counts changes; `kept` is the last one that is on disk. */
  readonly changes: number;
  readonly kept: number;
  readonly saved: string | null;
  readonly saving: boolean;
  readonly failure: Failure | null;
  /** Signs that ISO-2022-JP lacks. */
  readonly missing: string;
}

export const writing = createStore<Writing | null>(null);
/** Milliseconds from a change to its saving. */
const savingPause = 2000;
let timer: ReturnType<typeof setTimeout> | undefined;
let busy: Promise<void> = Promise.resolve();

function adopt(draft: ComposeDraft): void {
  const { content, files, saved } = draft;
  writing.set({ draft, content, files, changes: 0, kept: 0, saved, saving: false, failure: null, missing: '' });
}

/** False: it could not be begun, and the bar says why. */
export async function startWriting(kind: ComposeKind, message: string | null = null, mailto: string | null = null): Promise<boolean> {
  await keepWriting();
  const draft = await act('compose.start', { kind, message, mailto, language: language.get() });
  if (draft === null) return false;
  adopt(draft);
  go('compose', [draft.id]);
  return true;
}

/** By the address of the page: after a reload, or after the app was killed. */
export async function openWriting(id: string): Promise<Failure | null> {
  if (writing.get()?.draft.id === id) return null;
  await keepWriting();
  try {
    adopt(await call('compose.open', { draft: id }));
    return null;
  } catch (error) {
    return toFailure(error);
  }
}

function patch(id: string, change: Partial<Writing>): void {
  writing.set((now) => (now?.draft.id === id ? { ...now, ...change } : now));
}

export function editWriting(change: Partial<ComposeContent>): void {
  writing.set((now) => (now === null ? now : { ...now, content: { ...now.content, ...change }, changes: now.changes + 1 }));
  clearTimeout(timer);
  timer = setTimeout(() => void keepWriting(), savingPause);
}

export function addFile(id: string, file: ComposeFile): void {
  const now = writing.get();
  if (now?.draft.id !== id) return;
  patch(id, { files: [...now.files, file] });
  editWriting({ files: [...now.content.files, file.id] });
}

/** Saves what is not saved yet; resolves when it is durable, or has failed. One after the other. */
export function keepWriting(): Promise<void> {
  clearTimeout(timer);
  busy = busy.then(keep);
  return busy;
}

async function keep(): Promise<void> {
  const now = writing.get();
  if (now === null || now.kept === now.changes || now.draft.kind === 'resend') return;
  const { id } = now.draft;
  patch(id, { saving: true });
  try {
    const { saved, missing } = await call('compose.save', { draft: id, content: now.content });
    patch(id, { kept: now.changes, saved, missing, saving: false, failure: null });
  } catch (error) {
    patch(id, { saving: false, failure: toFailure(error) });
    timer = setTimeout(() => void keepWriting(), savingPause * 3);
  }
}

/** Into the outbox; false where it could not be, which is said. */
export async function sendWriting(): Promise<boolean> {
  clearTimeout(timer);
  await busy;
  const now = writing.get();
  if (now === null || (await act('compose.send', { draft: now.draft.id, content: now.content })) === null) return false;
  forget(now);
  return true;
}

export async function dropWriting(): Promise<boolean> {
  clearTimeout(timer);
  await busy;
  const now = writing.get();
  if (now === null) return true;
  const dropped = now.saved === null && now.draft.kind === 'resend' ? undefined : await act('compose.drop', { draft: now.draft.id });
  if (dropped === null) return false;
  forget(now);
  return true;
}

function forget(sent: Writing): void {
  clearTimeout(timer);
  writing.set((now) => (now?.draft.id === sent.draft.id ? null : now));
}

/** Saved when the window is hidden or closed: it may not come back. Once, by the entry. */
export function followWriting(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keepWriting();
  });
  addEventListener('pagehide', () => void keepWriting());
  on('window.write', ({ mailto }) => void startWriting('new', null, mailto));
}
