// Before a message goes: an address that is none is said, an empty subject and a forgotten attachment are asked about.
import { parseTyped } from '../../../shared/address-text.js';
import { speaksOfFile } from '../../../shared/compose.js';
import { uploads } from '../../state/attach.js';
import { confirm } from '../../state/overlay.js';
import { go } from '../../state/place.js';
import { createStore } from '../../state/store.js';
import { dropWriting, sendWriting, type Writing, writing } from '../../state/writing.js';
import { say } from '../../text/text.js';

/** What keeps it from being sent: said in the fields once sending was asked for. */
export const complained = createStore<string | null>(null);
let sending = false;

export function wrongIn({ content }: Writing): { readonly noOne: boolean; readonly wrong: readonly string[] } {
  const typed = [content.to, content.cc, content.bcc].map(parseTyped);
  const wrong = [...typed, parseTyped(content.replyTo)].flatMap((each) => each.wrong);
  return { noOne: typed.every(({ addresses }) => addresses.length === 0), wrong };
}

export async function sendAsked(): Promise<void> {
  const now = writing.get();
  if (now === null || sending || uploads.get().length > 0) return;
  complained.set(now.draft.id);
  const { noOne, wrong } = wrongIn(now);
  if (noOne || wrong.length > 0) return;
  sending = true;
  try {
    if (!(await sure(now)) || !(await sendWriting())) return;
    complained.set(null);
    go('mail', [], true);
  } finally {
    sending = false;
  }
}

async function sure({ content, draft }: Writing): Promise<boolean> {
  if (draft.kind === 'resend') return true;
  const ask = (title: string, text: string) =>
    confirm({ title, text, verb: say('compose.sendAnyway'), destructive: false, doubtful: true });
  if (/^\s*(?:\(Was: .*\)\s*)?$/.test(content.subject) && !(await ask(say('compose.noSubjectTitle'), say('compose.noSubjectText'))))
    return false;
  const forgotten = content.files.length === 0 && speaksOfFile(`${content.subject}\n${content.text}`);
  return !forgotten || ask(say('compose.noFileTitle'), say('compose.noFileText'));
}

export async function dropAsked(): Promise<void> {
  const now = writing.get();
  if (now === null) return;
  const written = now.saved !== null || now.changes > 0;
  const yes =
    !written ||
    (await confirm({
      title: say('compose.dropTitle'),
      text: say('compose.dropText'),
      verb: say('compose.dropVerb'),
      destructive: true,
      named: now.content.subject,
    }));
  if (yes && (await dropWriting())) go('mail', [], true);
}
